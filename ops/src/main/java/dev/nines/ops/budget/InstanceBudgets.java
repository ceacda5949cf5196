package dev.nines.ops.budget;

import dev.nines.derive.BurnTier;
import dev.nines.derive.Settings;
import dev.nines.ops.prometheus.Sample;
import dev.nines.targets.Durations;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The error budgets as the instances see them: of each, that of the instance which has spent most. */
public final class InstanceBudgets {

  private InstanceBudgets() {}

  /** @param instances the samples of each instance's page of metrics */
  public static List<BudgetLeft> read(
      ReliabilityTargets targets, Collection<List<Sample>> instances) {
    List<BurnTier> tiers = Settings.derive(targets).burnTiers();
    List<BudgetLeft> all = new ArrayList<>();
    for (Promised promised : Promised.all(targets)) {
      instances.stream()
          .flatMap(samples -> of(promised, tiers, samples).stream())
          .reduce(InstanceBudgets::worse)
          .ifPresent(all::add);
    }
    return all;
  }

  private static Optional<BudgetLeft> of(
      Promised promised, List<BurnTier> tiers, List<Sample> samples) {
    OptionalDouble remaining = value(samples, Metrics.BUDGET_REMAINING, promised, "");
    double coverage = samples.stream()
        .filter(sample -> sample.name().equals(Metrics.BUDGET_COVERAGE.name()))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElse(1);
    return remaining.isEmpty() || Double.isNaN(remaining.getAsDouble())
        ? Optional.empty()
        : Optional.of(new BudgetLeft(
            promised.objective(),
            promised.routeClass(),
            promised.allowed(),
            (1 - remaining.getAsDouble()) * coverage,
            coverage,
            burning(promised, tiers, samples)));
  }

  private static Optional<String> burning(
      Promised promised, List<BurnTier> tiers, List<Sample> samples) {
    return tiers.stream()
        .filter(tier -> tier.canFire()
            && tier.severity().equals("page")
            && tier.objective().equals(promised.objective())
            && tier.routeClass().equals(promised.routeClass())
            && bad(samples, promised) >= tier.minimumBad()
            && burns(samples, promised, tier, Durations.format(tier.longWindow()))
            && burns(samples, promised, tier, Durations.format(tier.shortWindow())))
        .findFirst()
        .map(Promised::inWords);
  }

  private static boolean burns(
      List<Sample> samples, Promised promised, BurnTier tier, String window) {
    OptionalDouble rate = value(samples, Metrics.BURN_RATE, promised, window);
    return rate.isPresent()
        && rate.getAsDouble() * promised.allowed() >= tier.threshold().doubleValue();
  }

  private static double bad(List<Sample> samples, Promised promised) {
    return value(samples, Metrics.REQUESTS_BAD, promised, "").orElse(0);
  }

  private static OptionalDouble value(
      List<Sample> samples, Metric metric, Promised promised, String window) {
    return samples.stream()
        .filter(sample -> sample.name().equals(metric.name())
            && sample.label("objective").equals(promised.objective())
            && sample.label("route_class").equals(promised.routeClass())
            && sample.label("window").equals(window))
        .mapToDouble(Sample::value)
        .findFirst();
  }

  /** One that pages comes before one that has merely spent more. */
  private static BudgetLeft worse(BudgetLeft one, BudgetLeft other) {
    if (one.burning().isPresent() != other.burning().isPresent()) {
      return one.burning().isPresent() ? one : other;
    }
    return one.spent() >= other.spent() ? one : other;
  }
}
