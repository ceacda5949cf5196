package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.health.HealthEndpoints;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Each {@link DataSource} bean is a dependency with a check; its breaker works for calls through its guard alone. */
@AutoConfiguration(
    before = NinesHealthAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
      "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration"
    })
@ConditionalOnNines
@ConditionalOnClass({DataSource.class, HealthEndpoints.class})
@ConditionalOnBean(DataSource.class)
@ConditionalOnMissingBean(Nines.class)
@ConditionalOnProperty(name = "nines.checks.data-source.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesDataSourceAutoConfiguration {

  @Bean
  DataSourceDependencies ninesDataSources(
      ConfigurableListableBeanFactory beans, NinesProperties properties) {
    return DataSourceDependencies.of(
        CandidateBeans.of(beans, DataSource.class),
        properties.checks().dataSource().names());
  }
}
