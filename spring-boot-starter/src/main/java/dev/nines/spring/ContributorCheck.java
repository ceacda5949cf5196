package dev.nines.spring;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Asks one of Actuator's contributors, in the background and within the checks' time. Thread-safe. */
final class ContributorCheck implements Check {

  private final String bean;
  private volatile @Nullable HealthContributor contributor;

  ContributorCheck(String bean) {
    this.bean = bean;
  }

  void resolve(BeanFactory beans) {
    contributor = beans.getBean(bean, HealthContributor.class);
  }

  @Override
  public CheckResult run(CheckRun run) {
    HealthContributor asked = contributor;
    return asked == null
        ? CheckResult.healthy("not asked while the application starts")
        : indicators(asked)
            .map(indicator -> result(indicator.health()))
            .reduce(CheckResult.healthy(), ContributorCheck::worse);
  }

  private static Stream<HealthIndicator> indicators(HealthContributor contributor) {
    if (contributor instanceof HealthIndicator indicator) {
      return Stream.of(indicator);
    }
    return contributor instanceof CompositeHealthContributor several
        ? several.stream().flatMap(entry -> indicators(entry.contributor()))
        : Stream.empty();
  }

  /** An indicator that does not know is no failure; a status of the user's own is told and degrades. */
  private static CheckResult result(@Nullable Health health) {
    if (health == null
        || Status.UP.equals(health.getStatus())
        || Status.UNKNOWN.equals(health.getStatus())) {
      return CheckResult.healthy();
    }
    Object error = health.getDetails().get("error");
    String message = health.getStatus().getCode() + (error == null ? "" : ": " + error);
    boolean down =
        Status.DOWN.equals(health.getStatus()) || Status.OUT_OF_SERVICE.equals(health.getStatus());
    return down ? CheckResult.unhealthy(message) : CheckResult.degraded(message);
  }

  private static CheckResult worse(CheckResult first, CheckResult second) {
    return second.status().compareTo(first.status()) > 0 ? second : first;
  }
}
