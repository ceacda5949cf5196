package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.endpoint.AdminServer;
import dev.nines.targets.InvalidTargetsException;
import dev.nines.targets.ReliabilityTargets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Opens {@link Nines} as properties and beans declare it, and lets it live as long as the application. */
@AutoConfiguration
@ConditionalOnNines
@EnableConfigurationProperties(NinesProperties.class)
public final class NinesAutoConfiguration {

  @Bean
  NinesLifecycle ninesLifecycle(Nines nines, ApplicationContext context) {
    return new NinesLifecycle(nines, context);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(Nines.class)
  static class Declaration {

    @Bean
    Nines nines(
        ListableBeanFactory beans,
        Environment environment,
        NinesProperties properties,
        ReliabilityTargets targets) {
      return new NinesFactory(beans, environment, properties, targets).open();
    }

    /** Reads {@code reliability.yaml} and lays environment and properties over it. */
    @Bean
    @ConditionalOnMissingBean
    ReliabilityTargets ninesTargets(NinesProperties properties, Environment environment) {
      Map<String, String> variables = new HashMap<>(System.getenv());
      if (properties.config() != null) {
        variables.put("NINES_CONFIG", properties.config());
      }
      try {
        return ReliabilityTargets.load(
            variables, DeclaredSettings.of(properties, new PropertyOrigins(environment)));
      } catch (InvalidTargetsException e) {
        throw new NinesStartException(e.getMessage(), e);
      }
    }

    @Bean
    @ConditionalOnMissingBean
    @Conditional(OnAdminPort.class)
    AdminServer ninesAdminServer(NinesProperties properties, Environment environment) {
      try {
        return AdminServers.of(AdminPort.in(environment).own().orElseThrow(), properties.admin());
      } catch (IllegalArgumentException e) {
        throw new NinesStartException("nines." + e.getMessage(), e);
      }
    }

    @Bean
    PropertyDependencies ninesPropertyDependencies(NinesProperties properties) {
      return new PropertyDependencies(properties.dependencies());
    }

    @Bean
    AvailabilityBridge ninesAvailability() {
      return new AvailabilityBridge();
    }
  }
}
