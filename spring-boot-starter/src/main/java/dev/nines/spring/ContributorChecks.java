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

  /** What has a check of ours because of a bean, by the name that Actuator gives it. */
  private static final Map<String, String> OURS_BY_BEAN =
      Map.of("db", "ninesDataSources", "redis", "ninesRedis", "rabbit", "ninesRabbit");

  private final ConfigurableListableBeanFactory beans;
  private final Map<String, ContributorCheck> checks = new LinkedHashMap<>();

  ContributorChecks(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
    for (String bean : beans.getBeanNamesForType(HealthContributor.class, true, false)) {
      String name = plain(bean);
      String ourBean = OURS_BY_BEAN.get(name);
      boolean isOurs =
          OURS.contains(name) || ourBean != null && beans.containsBeanDefinition(ourBean);
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
