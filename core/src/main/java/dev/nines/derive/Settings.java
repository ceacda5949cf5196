package dev.nines.derive;

import dev.nines.targets.ReliabilityTargets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that follows from a declaration. Computed once at start; immutable.
 *
 * @param targets the declaration
 * @param latencyBounds histogram bounds of every server series, rising
 * @param checks when health checks run
 * @param probes the platform's probes
 * @param burnTiers the tiers of the burn-rate alerts, those that cannot fire included
 * @param slownessTiers the alerts on latencies far over their targets
 * @param availabilityTiers the burn-rate alerts on the time in which the service is not ready
 * @param budgetState when the error budget changes its state
 * @param dependencies what guards calls, by name of the dependency
 * @param explanation each number with its formula
 */
public record Settings(
    ReliabilityTargets targets,
    List<Duration> latencyBounds,
    CheckTimings checks,
    ProbeTimings probes,
    List<BurnTier> burnTiers,
    List<SlownessTier> slownessTiers,
    List<BurnTier> availabilityTiers,
    BudgetStateRules budgetState,
    Map<String, DependencySettings> dependencies,
    Explanation explanation) {

  public Settings {
    latencyBounds = List.copyOf(latencyBounds);
    burnTiers = List.copyOf(burnTiers);
    slownessTiers = List.copyOf(slownessTiers);
    availabilityTiers = List.copyOf(availabilityTiers);
    dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
  }

  /** Derives everything that follows from a declaration. Pure. */
  public static Settings derive(ReliabilityTargets targets) {
    List<Duration> bounds = LatencyBounds.server(targets);
    CheckTimings checks = CheckTimings.derive(targets.recovery().detection());
    ProbeTimings probes = ProbeTimings.derive(targets, checks);
    List<BurnTier> tiers = BurnTiers.derive(targets);
    List<SlownessTier> slowness = SlownessTier.derive(targets);
    List<BurnTier> availability = BurnTiers.availability(targets);
    BudgetStateRules budgetState = BudgetStateRules.derive();
    Map<String, DependencySettings> dependencies = new LinkedHashMap<>();
    targets
        .dependencies()
        .forEach((name, d) -> dependencies.put(name, DependencySettings.derive(targets, d)));
    Rows rows = new Rows();
    BudgetRows.explain(rows, targets, bounds);
    BudgetStateRules.explain(rows, budgetState);
    dependencies.values().forEach(d -> BreakerRows.explain(rows, targets, d));
    TimingRows.explain(rows, targets, checks, probes);
    AlertRows.explain(rows, targets, tiers);
    AlertRows.explainSlowness(rows, slowness);
    AlertRows.explain(rows, targets, availability);
    RecoveryRows.explain(rows, targets);
    TraceRows.explain(rows, targets);
    return new Settings(
        targets,
        bounds,
        checks,
        probes,
        tiers,
        slowness,
        availability,
        budgetState,
        dependencies,
        rows.explanation());
  }
}
