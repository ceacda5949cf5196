package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.derive.SaturationRules;
import java.math.BigDecimal;

/**
 * How much of a resource may be used.
 *
 * @param resource its name, for messages
 * @param most used share in (0, 1] above which it is saturated
 */
record TargetShare(String resource, BigDecimal most) {

  TargetShare {
    if (most.signum() <= 0 || most.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(resource + ".target: " + most.toPlainString()
          + " (expected: a share of more than 0 and at most 1)");
    }
  }

  /** Judges a resource that slows down when it is saturated: over the target is degraded. */
  CheckResult judge(double used) {
    return used > most.doubleValue()
        ? CheckResult.degraded(message(used))
        : CheckResult.healthy(message(used));
  }

  /**
   * Judges a resource that fails when it is full: also unhealthy, from where {@link SaturationRules#fullDisk} says.
   */
  CheckResult judgeFilling(double used) {
    double full = SaturationRules.fullDisk(most).doubleValue();
    return used >= full ? CheckResult.unhealthy(message(used)) : judge(used);
  }

  private String message(double used) {
    return resource + " " + percent(used) + " used (target " + percent(most.doubleValue()) + ")";
  }

  private static String percent(double share) {
    return Math.round(share * 100) + "%";
  }
}
