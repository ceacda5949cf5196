package dev.nines.health;

import dev.nines.budget.ErrorBudget;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.derive.BurnTier;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Up, but breaking its targets: degraded while this instance spends an error budget fast enough for a page. Reads memory
 * only.
 *
 * @param budget counts what was kept and broken
 * @param tiers of which some name a page's objectives
 */
record TargetsCheck(ErrorBudget budget, List<BurnTier> tiers) implements LocalCheck {

  /** The window that lets a page clear: what is told should be what happens now. */
  private static final Duration RECENT = Duration.ofMinutes(5);

  @Override
  public CheckResult run(CheckRun run) {
    return budget.burning() ? CheckResult.degraded(worst()) : CheckResult.healthy();
  }

  private String worst() {
    String worst = "";
    double fastest = -1;
    for (BurnTier tier : tiers) {
      double rate = budget.burnRate(tier.objective(), tier.routeClass(), RECENT);
      if (rate > fastest) {
        fastest = rate;
        worst = tier.objective() + " of " + tier.routeClass();
      }
    }
    return String.format(
        Locale.ROOT, "up, but breaking its targets: %s burns its budget %.1f ×", worst, fastest);
  }
}
