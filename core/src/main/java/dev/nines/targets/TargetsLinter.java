package dev.nines.targets;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses what cannot be kept together. What concerns one value alone stands in that value's constructor; here stand the
 * contradictions between values, each with the reason.
 */
final class TargetsLinter {

  /** Below p90 more than a tenth of all calls is slow by promise, and no slow-call rate tells of a fault. */
  private static final BigDecimal LEAST_GOVERNING = new BigDecimal("0.9");

  /** A breaker must tell a fault from chance: at under twice the usual rate it would take thousands of calls. */
  private static final BigDecimal LEAST_CONTRAST = new BigDecimal("2");

  private static final BigDecimal LEAST_THRESHOLD = new BigDecimal("0.01");
  private static final int SHOWN_DIGITS = 8;

  private final ReliabilityTargets targets;
  private final Problems problems;

  private TargetsLinter(ReliabilityTargets targets, Problems problems) {
    this.targets = targets;
    this.problems = problems;
  }

  static void lint(ReliabilityTargets targets, Problems problems) {
    TargetsLinter linter = new TargetsLinter(targets, problems);
    linter.governingQuantile();
    targets.routes().values().forEach(linter::route);
    linter.start();
    linter.requiredDependencies();
    targets.dependencies().values().forEach(linter::dependency);
  }

  private void governingQuantile() {
    LatencyTarget governing = targets.latency().governing();
    if (governing.quantile().compareTo(LEAST_GOVERNING) < 0) {
      problems.add(
          "latency",
          governing.label(),
          "a quantile of p90 or more, from which deadlines and slow-call thresholds follow");
    }
  }

  /** A route's promises stand in the places of the service's; only together can they contradict each other. */
  private void route(RouteTargets route) {
    try {
      route.latency().ifPresent(targets.latency()::overriddenBy);
    } catch (InvalidTargetsException e) {
      e.getMessage()
          .lines()
          .forEach(line -> problems.add("routes." + route.route() + "." + line
              + "; what the route does not promise itself, the service promises"));
    }
  }

  private void start() {
    Duration start = targets.lifecycle().start();
    Duration restore = targets.recovery().restore();
    if (start.compareTo(restore) > 0) {
      problems.add(
          "lifecycle.start",
          Durations.format(start),
          "at most recovery.restore, " + Durations.format(restore)
              + ": an instance that starts anew must be ready within it");
    }
  }

  private void requiredDependencies() {
    List<DependencyTargets> promised = targets.dependencies().values().stream()
        .filter(d -> d.required() && d.availability().isPresent())
        .toList();
    BigDecimal product = promised.stream()
        .map(d -> d.availability().orElseThrow())
        .reduce(BigDecimal.ONE, BigDecimal::multiply);
    if (!promised.isEmpty() && targets.availability().compareTo(product) > 0) {
      problems.add(
          "availability",
          Ratios.format(targets.availability()),
          "at most " + Ratios.format(product.setScale(SHOWN_DIGITS, RoundingMode.DOWN))
              + ", for the service cannot be up more often than all it requires: "
              + chain(promised));
    }
  }

  private static String chain(List<DependencyTargets> promised) {
    return promised.stream()
        .map(d -> d.name() + " " + Ratios.format(d.availability().orElseThrow()))
        .collect(Collectors.joining(" × "));
  }

  private void dependency(DependencyTargets dependency) {
    String key = "dependencies." + dependency.name();
    onFailure(key, dependency);
    latencyShare(key, dependency);
    dependency.failureRateThreshold().ifPresent(t -> threshold(key, dependency, t));
  }

  private void onFailure(String key, DependencyTargets dependency) {
    if (!dependency.required() && dependency.onFailure() == DependencyTargets.OnFailure.UNREADY) {
      problems.add(
          key + ".onFailure",
          "unready",
          "degrade, or required: true: the service can live without an optional dependency");
    }
  }

  private void latencyShare(String key, DependencyTargets dependency) {
    Duration p99 = targets.latency().p99();
    BigDecimal nanos = BigDecimal.valueOf(p99.toNanos()).multiply(dependency.latencyShare());
    if (nanos.compareTo(BigDecimal.valueOf(LatencyTarget.SHORTEST.toNanos())) < 0) {
      problems.add(
          key + ".latencyShare",
          Ratios.format(dependency.latencyShare()),
          "a share that leaves at least 1ms of latency."
              + targets.latency().governing().label() + ", " + Durations.format(p99));
    }
  }

  private void threshold(String key, DependencyTargets dependency, BigDecimal threshold) {
    BigDecimal errors = dependency.errorRate().orElse(targets.errorRate());
    BigDecimal slow = targets.latency().governing().slowBudget();
    BigDecimal least = List.of(
            errors.multiply(LEAST_CONTRAST), slow.multiply(LEAST_CONTRAST), LEAST_THRESHOLD)
        .stream()
        .max(Comparator.naturalOrder())
        .orElseThrow();
    if (threshold.compareTo(least) < 0) {
      problems.add(
          key + ".failureRateThreshold",
          Ratios.format(threshold),
          "at least " + Ratios.format(least) + ", twice what may fail (" + Ratios.format(errors)
              + ") or be slow (" + Ratios.format(slow)
              + ") while all is well: less would open by chance");
    }
  }
}
