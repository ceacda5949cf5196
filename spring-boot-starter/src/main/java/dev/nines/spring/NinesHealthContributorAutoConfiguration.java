package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.health.HealthEndpoints;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** Actuator's health and ours tell of each other: its contributors are checks here, our checks are contributors there. */
@AutoConfiguration(
    before = NinesHealthAutoConfiguration.class,
    after = {
      NinesDataSourceAutoConfiguration.class,
      NinesRabbitAutoConfiguration.class,
      NinesRedisAutoConfiguration.class
    })
@ConditionalOnNines
@ConditionalOnClass({HealthEndpoints.class, HealthContributor.class})
@ConditionalOnMissingBean(Nines.class)
public final class NinesHealthContributorAutoConfiguration {

  @Bean
  ContributorChecks ninesContributorChecks(ConfigurableListableBeanFactory beans) {
    return new ContributorChecks(beans);
  }

  @Bean
  NinesHealthContributor ninesHealthContributor(ContributorChecks checks) {
    return new NinesHealthContributor(checks.names());
  }
}
