package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.math.BigDecimal;
import java.util.concurrent.Callable;

/** See {@link UpkeepChecks#durability}. */
final class DurabilityCheck implements Check {

  private final Callable<DurabilityAudit> audit;
  private final BigDecimal mayBeLost;

  DurabilityCheck(Callable<DurabilityAudit> audit, BigDecimal target) {
    if (target.signum() <= 0 || target.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException("durability.target: " + target.toPlainString()
          + " (expected: a share of more than 0 and less than 1)");
    }
    this.audit = audit;
    this.mayBeLost = BigDecimal.ONE.subtract(target);
  }

  @Override
  public CheckResult run(CheckRun run) throws Exception {
    DurabilityAudit found = audit.call();
    if (found.verified() == 0) {
      return CheckResult.degraded("no object was verified, which proves nothing");
    }
    // Exact: at eight nines, what a double rounds off is what is to be found.
    BigDecimal most = mayBeLost.multiply(BigDecimal.valueOf(found.verified()));
    String message = found.lost() + " of " + found.verified() + " objects lost";
    return BigDecimal.valueOf(found.lost()).compareTo(most) > 0
        ? CheckResult.unhealthy(message + " (expected: at most a share of "
            + mayBeLost.stripTrailingZeros().toPlainString() + ")")
        : CheckResult.healthy(message);
  }
}
