package dev.nines.spring;

import dev.nines.health.CheckChange;
import dev.nines.health.Condition;
import dev.nines.health.HealthEndpoints;
import dev.nines.health.HealthListener;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Shows the checks of Nines in Actuator's health, as {@code nines}: asked in memory, never run again. What degrades works, and
 * so is {@code UP}. Thread-safe.
 */
final class NinesHealthContributor
    implements CompositeHealthContributor, HealthEndpointsCustomizer, HealthListener {

  private final Collection<String> theirs;
  private final Map<String, CheckChange> latest = new ConcurrentSkipListMap<>();

  /** @param theirs checks that came from Actuator, and are not told twice */
  NinesHealthContributor(Collection<String> theirs) {
    this.theirs = theirs;
  }

  @Override
  public HealthEndpoints customize(HealthEndpoints endpoints) {
    return endpoints.onChange(this);
  }

  @Override
  public void checkChanged(CheckChange change) {
    if (!theirs.contains(change.check())) {
      latest.put(change.check(), change);
    }
  }

  @Override
  public @Nullable HealthContributor getContributor(String name) {
    CheckChange change = latest.get(name);
    return change == null ? null : indicator(change);
  }

  @Override
  public Stream<HealthContributors.Entry> stream() {
    return latest.values().stream()
        .map(change -> new HealthContributors.Entry(change.check(), indicator(change)));
  }

  private static HealthIndicator indicator(CheckChange change) {
    return () -> Health.status(status(change.to()))
        .withDetail("condition", change.to().label())
        .withDetail("since", change.at().toString())
        .build();
  }

  private static Status status(Condition condition) {
    return switch (condition) {
      case HEALTHY, DEGRADED -> Status.UP;
      case UNHEALTHY -> Status.DOWN;
      case UNKNOWN -> Status.UNKNOWN;
    };
  }
}
