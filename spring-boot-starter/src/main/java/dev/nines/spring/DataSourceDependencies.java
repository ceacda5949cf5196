package dev.nines.spring;

import dev.nines.dependency.Check;
import dev.nines.dependency.Dependency;
import dev.nines.health.HealthEndpoints;
import dev.nines.health.checks.Checks;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Makes a dependency of each data source: required, unless the declaration says otherwise of its name. One that a dependency
 * of the user's asks already is left out. A pool of HikariCP also gets the check of its own that tells an exhausted pool from
 * a dead database.
 */
final class DataSourceDependencies implements DeclaredDependencies, HealthEndpointsCustomizer {

  private static final BeanNames NAMES =
      new BeanNames("nines.checks.data-source.names", "db", "DataSource");

  /** Share of the pool that may be in use before health says that it gets narrow. */
  private static final BigDecimal POOL_TARGET = new BigDecimal("0.9");

  private final Map<String, DataSource> byName;

  private DataSourceDependencies(Map<String, DataSource> byName) {
    this.byName = byName;
  }

  /**
   * Names data sources.
   *
   * @param beans by bean name
   * @param names chosen by the user, by bean name
   */
  static DataSourceDependencies of(Map<String, DataSource> beans, Map<String, String> names) {
    return new DataSourceDependencies(NAMES.of(beans, names));
  }

  @Override
  public List<Dependency> of(ReliabilityTargets targets, Collection<Dependency> known) {
    return byName.entrySet().stream()
        .filter(entry -> known.stream().noneMatch(other -> asks(other, entry.getValue())))
        .map(entry -> dependency(targets, entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public HealthEndpoints customize(HealthEndpoints endpoints) {
    HealthEndpoints all = endpoints;
    for (Map.Entry<String, DataSource> entry : byName.entrySet()) {
      Object pool = HikariPools.behind(entry.getValue());
      if (pool != null) {
        all = all.instance(entry.getKey() + "-pool", HikariPools.pool(pool, POOL_TARGET));
      }
    }
    return all;
  }

  private static Dependency dependency(ReliabilityTargets targets, String name, DataSource source) {
    boolean required = Optional.ofNullable(targets.dependencies().get(name))
        .map(DependencyTargets::required)
        .orElse(true);
    return PropertyDependencies.dependency(name, required, Optional.of(check(source)));
  }

  private static Check check(DataSource source) {
    Object pool = HikariPools.behind(source);
    return pool == null ? Checks.jdbc(source) : HikariPools.database(pool);
  }

  private static boolean asks(Dependency dependency, DataSource source) {
    Object subject = dependency.check().flatMap(Check::subject).orElse(null);
    return subject != null && (subject == source || subject == HikariPools.behind(source));
  }
}
