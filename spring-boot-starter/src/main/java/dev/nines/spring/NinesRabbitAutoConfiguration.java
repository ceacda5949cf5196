package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.health.HealthEndpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Each {@link ConnectionFactory} bean of Spring AMQP is a dependency, with a check that asks through its own connection. */
@AutoConfiguration(
    before = NinesHealthAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration",
      "org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration"
    })
@ConditionalOnNines
@ConditionalOnClass({ConnectionFactory.class, HealthEndpoints.class})
@ConditionalOnBean(ConnectionFactory.class)
@ConditionalOnMissingBean(Nines.class)
@ConditionalOnProperty(name = "nines.checks.rabbit.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesRabbitAutoConfiguration {

  private static final BeanNames NAMES =
      new BeanNames("nines.checks.rabbit.names", "rabbit", "ConnectionFactory");

  @Bean
  BeanDependencies ninesRabbit(ConfigurableListableBeanFactory beans, NinesProperties properties) {
    Map<String, RabbitChannel> checks = new LinkedHashMap<>();
    CandidateBeans.of(beans, ConnectionFactory.class)
        .forEach((bean, rabbit) -> checks.put(bean, new RabbitChannel(rabbit)));
    return new BeanDependencies(NAMES.of(checks, properties.checks().rabbit().names()));
  }
}
