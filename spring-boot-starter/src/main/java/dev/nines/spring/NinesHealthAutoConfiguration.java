package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.health.HealthEndpoints;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** Health endpoints, with what the {@link HealthEndpointsCustomizer} beans add. */
@AutoConfiguration(before = NinesAutoConfiguration.class)
@ConditionalOnNines
@ConditionalOnClass(HealthEndpoints.class)
@ConditionalOnMissingBean(Nines.class)
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesHealthAutoConfiguration {

  @Bean
  @Order(200)
  @ConditionalOnMissingBean
  HealthEndpoints ninesHealthEndpoints(ObjectProvider<HealthEndpointsCustomizer> customizers) {
    return customizers
        .orderedStream()
        .reduce(
            HealthEndpoints.standard(),
            (endpoints, customizer) -> customizer.customize(endpoints),
            (first, second) -> second);
  }

  @Bean
  ReadinessPublisher ninesReadiness(ConfigurableApplicationContext context) {
    return new ReadinessPublisher(context);
  }

  /** The application's own word on whether a restart would help. */
  @Bean
  LivenessCheck ninesLiveness() {
    return new LivenessCheck();
  }
}
