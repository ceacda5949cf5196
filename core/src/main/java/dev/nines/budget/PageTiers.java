package dev.nines.budget;

import dev.nines.derive.BurnTier;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The alert tiers that page somebody at once, asked of this instance alone. A tier that must first be sustained is left to
 * the alert rules, which remember; here each answer stands for itself. Immutable.
 */
final class PageTiers {

  private static final String PAGE = "page";

  private record Tier(BurnTier rule, double threshold, double recentlyAbove, Objective objective) {}

  private final List<Tier> tiers;

  PageTiers(List<BurnTier> rules, BiFunction<String, String, Objective> objectives) {
    this.tiers = rules.stream()
        .filter(rule ->
            rule.canFire() && rule.severity().equals(PAGE) && rule.sustained().isZero())
        .map(rule -> tier(rule, objectives.apply(rule.objective(), rule.routeClass())))
        .toList();
  }

  /** Returns whether a tier of the objective holds at a part of its thresholds; 1 are the thresholds themselves. */
  boolean burning(Objective objective, double part, Windows windows, long nowNanos) {
    for (Tier tier : tiers) {
      if (tier.objective == objective && burning(tier, part, windows, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  private static Tier tier(BurnTier rule, Objective objective) {
    double recentlyAbove = rule.recentlyAbove().map(BigDecimal::doubleValue).orElse(0.0);
    return new Tier(rule, rule.threshold().doubleValue(), recentlyAbove, objective);
  }

  private static boolean burning(Tier tier, double part, Windows windows, long nowNanos) {
    Counts evidence = windows.within(tier.rule.longWindow(), tier.objective, nowNanos);
    double threshold = part * tier.threshold;
    double recently = badRatio(tier, BurnWindow.FIVE_MINUTES.length, windows, nowNanos);
    return evidence.bad() >= tier.rule.minimumBad()
        && evidence.badRatio() >= threshold
        && badRatio(tier, tier.rule.shortWindow(), windows, nowNanos) >= threshold
        && recently > part * tier.recentlyAbove;
  }

  private static double badRatio(Tier tier, Duration window, Windows windows, long nowNanos) {
    return windows.within(window, tier.objective, nowNanos).badRatio();
  }
}
