package dev.nines.spring;

import dev.nines.health.HealthEndpoints;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.health.contributor.HealthContributor;

/**
 * Makes a check of each of Actuator's health contributors, by bean name. What it says degrades and leaves the service ready, as
 * Actuator has it too. Those that Nines has checks of its own for are left out.
 */
final class ContributorChecks implements HealthEndpointsCustomizer, SmartInitializingSingleton {

  /** Disk, liveness and readiness are ours already; the others say nothing of the service. */
  private static final Set<String> OURS =
      Set.of("nines", "diskSpace", "livenessState", "readinessState", "ping");

  private static final String DATA_SOURCES = "ninesDataSources";

  private final ConfigurableListableBeanFactory beans;
  private final Map<String, ContributorCheck> checks = new LinkedHashMap<>();

  ContributorChecks(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
    for (String bean : beans.getBeanNamesForType(HealthContributor.class, true, false)) {
      String name = plain(bean);
      boolean isOurs =
          OURS.contains(name) || name.equals("db") && beans.containsBeanDefinition(DATA_SOURCES);
      if (!isOurs) {
        checks.put(name.replaceAll("[^A-Za-z0-9._-]+", "-"), new ContributorCheck(bean));
      }
    }
  }

  Collection<String> names() {
    return Set.copyOf(checks.keySet());
  }

  @Override
  public HealthEndpoints customize(HealthEndpoints endpoints) {
    HealthEndpoints all = endpoints;
    for (Map.Entry<String, ContributorCheck> check : checks.entrySet()) {
      all = all.check(check.getKey(), check.getValue());
    }
    return all;
  }

  /** Resolved late: a contributor may lean on what leans on Nines. */
  @Override
  public void afterSingletonsInstantiated() {
    checks.values().forEach(check -> check.resolve(beans));
  }

  /** Returns the name that Actuator gives it. */
  private static String plain(String bean) {
    return bean.replaceFirst("(?i)(health(indicator|contributor))$", "");
  }
}
