package dev.nines.spring;

import io.micrometer.context.ContextRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Hooks;

/**
 * Carries the trace through Reactor's operators, so that what they log belongs to their request. The process's own switch is
 * thrown, unless {@code spring.reactor.context-propagation} says something of it.
 */
@AutoConfiguration
@ConditionalOnNines
@ConditionalOnClass({Hooks.class, ContextRegistry.class})
public final class NinesReactorAutoConfiguration {

  NinesReactorAutoConfiguration(Environment environment) {
    ContextRegistry.getInstance().registerThreadLocalAccessor(new ContextAccessor());
    if (!environment.containsProperty("spring.reactor.context-propagation")) {
      Hooks.enableAutomaticContextPropagation();
    }
  }
}
