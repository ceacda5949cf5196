package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.health.HealthEndpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/** Each {@link KafkaAdmin} bean is a dependency, with a check that asks its cluster for its nodes. */
@AutoConfiguration(
    before = NinesHealthAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
      "org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration"
    })
@ConditionalOnNines
@ConditionalOnClass({KafkaAdmin.class, HealthEndpoints.class})
@ConditionalOnBean(KafkaAdmin.class)
@ConditionalOnMissingBean(Nines.class)
@ConditionalOnProperty(name = "nines.checks.kafka.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesKafkaAutoConfiguration {

  private static final BeanNames NAMES =
      new BeanNames("nines.checks.kafka.names", "kafka", "KafkaAdmin");

  @Bean
  BeanDependencies ninesKafka(ConfigurableListableBeanFactory beans, NinesProperties properties) {
    Map<String, KafkaNodes> checks = new LinkedHashMap<>();
    CandidateBeans.of(beans, KafkaAdmin.class)
        .forEach((bean, kafka) -> checks.put(bean, new KafkaNodes(kafka)));
    return new BeanDependencies(NAMES.of(checks, properties.checks().kafka().names()));
  }
}
