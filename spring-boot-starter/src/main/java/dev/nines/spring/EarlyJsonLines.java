package dev.nines.spring;

import java.util.Map;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Makes every line JSON from the first one on, and to the last: right after Boot has set up Logback, long before Nines opens.
 * A configuration of the user's own is left alone here; there, JSON lines begin with Nines.
 */
final class EarlyJsonLines
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

  private static final String BANNER = "spring.main.banner-mode";

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    boolean enabled = environment.getProperty("nines.enabled", Boolean.class, true);
    if (enabled && hasLogging() && JsonLines.wanted(environment)) {
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("nines", Map.of(BANNER, "off")));
      if (JsonLines.hasBootsDefaults(environment)) {
        LogbackConsole.replace(environment.getProperty("nines.logging.layout"));
      }
    }
  }

  private static boolean hasLogging() {
    ClassLoader loader = ClassUtils.getDefaultClassLoader();
    return ClassUtils.isPresent("dev.nines.logging.JsonAppender", loader)
        && ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", loader);
  }

  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }
}
