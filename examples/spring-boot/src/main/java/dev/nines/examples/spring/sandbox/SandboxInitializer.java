package dev.nines.examples.spring.sandbox;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts the sandbox before any bean, and closes it after the last. */
final class SandboxInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

  private static final String NAME = "sandbox";

  @Override
  public void initialize(GenericApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    Sandbox sandbox = Sandbox.start(environment::containsProperty);
    environment.getPropertySources().addLast(new MapPropertySource(NAME, sandbox.properties()));
    context.getDefaultListableBeanFactory().registerSingleton(NAME, sandbox);
    context.getDefaultListableBeanFactory().registerDisposableBean(NAME, sandbox::close);
  }
}
