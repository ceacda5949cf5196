package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import java.math.BigDecimal;

/** A used share, compared with the target of a resource. */
final class Saturation {

  private final String resource;
  private final BigDecimal target;

  Saturation(String resource, BigDecimal target) {
    if (target.signum() <= 0 || target.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(resource + ".target: " + target.toPlainString()
          + " (expected: more than 0 and at most 1)");
    }
    this.resource = resource;
    this.target = target;
  }

  /** Judges a resource that slows down when it is saturated: over the target is degraded. */
  CheckResult judge(double used) {
    return used > target.doubleValue()
        ? CheckResult.degraded(message(used))
        : CheckResult.healthy(message(used));
  }

  /**
   * Judges a resource that fails when it is full: also unhealthy, from three quarters of the way between target and full.
   * For 80 % that is 95 %, where Elasticsearch's flood stage stops writes.
   *
   * @see <a href="https://www.elastic.co/guide/en/elasticsearch/reference/current/modules-cluster.html">Elasticsearch,
   *     disk-based shard allocation</a>
   */
  CheckResult judgeFull(double used) {
    double full = 1 - (1 - target.doubleValue()) / 4;
    return used >= full ? CheckResult.unhealthy(message(used)) : judge(used);
  }

  private String message(double used) {
    return resource + " " + percent(used) + " used (target " + percent(target.doubleValue()) + ")";
  }

  private static String percent(double share) {
    return Math.round(share * 100) + "%";
  }
}
