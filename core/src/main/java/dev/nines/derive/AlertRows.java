package dev.nines.derive;

import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.math.MathContext;

/** Explains the burn-rate alerts; the tiers that cannot fire are named with the reason. */
final class AlertRows {

  private AlertRows() {}

  static void explain(Rows rows, ReliabilityTargets targets, Iterable<BurnTier> tiers) {
    tiers.forEach(t -> explain(rows, targets, t));
  }

  static void explainSlowness(Rows rows, Iterable<SlownessTier> tiers) {
    tiers.forEach(t -> explain(rows, t));
  }

  private static void explain(Rows rows, SlownessTier tier) {
    rows.add(
        "alerts." + tier.routeClass() + "." + tier.objective() + ".slow",
        tier.severity() + ": " + Rows.text(tier.window()) + " > " + Rows.text(tier.threshold())
            + " slower than " + Rows.text(tier.limit()) + " for " + Rows.text(tier.sustained()),
        "quantile over " + SlownessTier.MULTIPLE + " × its target: more than 1 − quantile of the"
            + " requests that are not errors are slower; at least " + tier.minimumBad()
            + " of them",
        Sources.OURS,
        "target",
        tier.target(),
        "1 − quantile",
        tier.threshold());
  }

  private static void explain(Rows rows, ReliabilityTargets targets, BurnTier tier) {
    BigDecimal budget = BurnTiers.budget(targets, tier);
    rows.add(
        "alerts." + tier.routeClass() + "." + tier.objective() + "." + tier.name(),
        tier.canFire() ? condition(tier) : "left out: " + reason(targets, tier),
        formula(tier),
        Sources.SRE_WORKBOOK,
        "budget",
        budget,
        "factor",
        tier.factor().round(MathContext.DECIMAL32).stripTrailingZeros().toPlainString(),
        "window",
        targets.window(),
        "budget spent by then",
        spent(targets, tier));
  }

  /** Returns the share of the budget that the long window spends at the factor: 2 % in an hour at 14.4 of 30 days. */
  private static BigDecimal spent(ReliabilityTargets targets, BurnTier tier) {
    BigDecimal share = Amounts.seconds(tier.longWindow())
        .divide(Amounts.seconds(targets.window()), MathContext.DECIMAL64);
    return tier.factor().multiply(share).round(new MathContext(2));
  }

  private static String condition(BurnTier tier) {
    String windows = tier.longWindow().equals(tier.shortWindow())
        ? Rows.text(tier.longWindow())
        : Rows.text(tier.longWindow()) + " and " + Rows.text(tier.shortWindow());
    String sustained = tier.sustained().isZero() ? "" : " for " + Rows.text(tier.sustained());
    return tier.severity() + ": " + windows + " ≥ " + Rows.text(tier.threshold()) + sustained;
  }

  private static String formula(BurnTier tier) {
    String threshold =
        switch (tier.name()) {
          case BurnTiers.COLLAPSE, BurnTiers.THIN_COLLAPSE ->
            "half of all requests, where at most a fifth of that is allowed";
          case BurnTiers.FAST -> "factor × budget, where that is under 50%";
          case BurnTiers.STRONG -> "factor × budget";
          default -> "0.9 × factor × budget, so that a steady burn at the factor fires";
        };
    return threshold + "; at least " + tier.minimumBad() + evidence(tier)
        + tier.recentlyAbove()
            .map(r -> "; 5m > " + Rows.text(r) + ", so that it clears")
            .orElse("")
        + (tier.lasts() && !tier.objective().equals(BurnTiers.AVAILABILITY)
            ? "; as fast " + Rows.text(BurnTier.LASTING) + " before, so that it is no blip"
            : "");
  }

  private static String evidence(BurnTier tier) {
    return tier.objective().equals(BurnTiers.AVAILABILITY) ? " s unready" : " bad requests";
  }

  private static String reason(ReliabilityTargets targets, BurnTier tier) {
    if (tier.threshold().compareTo(BigDecimal.ONE) >= 0) {
      return "no share of requests can reach " + Rows.text(tier.threshold());
    }
    if (tier.longWindow().compareTo(targets.window()) > 0) {
      return Rows.text(tier.longWindow()) + " is longer than the budget's window";
    }
    return switch (tier.name()) {
      case BurnTiers.COLLAPSE -> "50% is too near to what is allowed";
      case BurnTiers.THIN_COLLAPSE -> "burn_1h is as soon, or 50% too near to what is allowed";
      default -> Rows.text(tier.threshold()) + " is no less than the collapse tiers' 50%";
    };
  }
}
