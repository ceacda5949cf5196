package dev.nines.budget;

import dev.nines.derive.BurnTier;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** The alert tiers that page somebody, asked of this instance alone. Immutable. */
final class PageTiers {

  /**
   * Fewer bad events than these in the longer window prove nothing.
   *
   * @see <a href="https://github.com/pyrra-dev/pyrra/issues/1925">one error pages on low traffic</a>
   */
  static final int LEAST_BAD = 5;

  private static final String PAGE = "page";

  private record Tier(BurnTier tier, Objective objective) {}

  private final List<Tier> tiers;

  PageTiers(List<BurnTier> tiers, BiFunction<String, String, Objective> objectives) {
    this.tiers = tiers.stream()
        .filter(tier -> tier.canFire() && tier.severity().equals(PAGE))
        .map(tier -> new Tier(tier, objectives.apply(tier.objective(), tier.routeClass())))
        .toList();
  }

  boolean burning(Windows windows, long nowNanos) {
    for (Tier tier : tiers) {
      if (burning(tier, windows, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  private static boolean burning(Tier tier, Windows windows, long nowNanos) {
    Objective objective = tier.objective;
    double threshold = tier.tier.threshold().doubleValue();
    Counts evidence = windows.within(tier.tier.longWindow(), objective, nowNanos);
    return evidence.bad() >= LEAST_BAD
        && evidence.badRatio() > threshold
        && windows.within(tier.tier.shortWindow(), objective, nowNanos).badRatio() > threshold
        && stillBreaking(objective, windows, nowNanos);
  }

  /** Lets the answer clear within minutes of recovery, however long the tier's own short window. */
  private static boolean stillBreaking(Objective objective, Windows windows, long nowNanos) {
    Duration lately = BurnWindow.FIVE_MINUTES.length;
    return windows.within(lately, objective, nowNanos).badRatio() > objective.allowedBad;
  }
}
