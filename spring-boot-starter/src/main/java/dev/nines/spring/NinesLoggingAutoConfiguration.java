package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.logging.JsonLogging;
import dev.nines.logging.Layout;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Log lines: JSON in production, Boot's own form on a developer's console; requests' lines and events in both. */
@AutoConfiguration(before = NinesAutoConfiguration.class)
@ConditionalOnNines
@ConditionalOnClass(JsonLogging.class)
@ConditionalOnMissingBean(Nines.class)
@Conditional(OnLogback.class)
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesLoggingAutoConfiguration {

  /** First, so that what other features tell while they are installed is written already. */
  @Bean
  @Order(0)
  @ConditionalOnMissingBean
  JsonLogging ninesJsonLogging(NinesProperties properties, Environment environment) {
    NinesProperties.Logging logging = properties.logging();
    JsonLogging lines = JsonLogging.toStdout()
        .layout(
            Binder.get(environment).bind("nines.logging.layout", Layout.class).orElse(Layout.NINES))
        .redacting(logging.redact().toArray(String[]::new));
    return JsonLines.wanted(environment) ? lines : lines.asConfigured();
  }
}
