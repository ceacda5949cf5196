package dev.nines.targets;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The latency promises of a service or of one route, one per quantile, in rising order of the quantile.
 *
 * <p>Immutable and thread-safe.
 *
 * @param targets at least one; thresholds must not fall as quantiles rise
 */
public record LatencyTargets(List<LatencyTarget> targets) {

  private static final BigDecimal P95 = new BigDecimal("0.95");
  private static final BigDecimal P99 = new BigDecimal("0.99");

  public LatencyTargets {
    targets =
        targets.stream().sorted(Comparator.comparing(LatencyTarget::quantile)).toList();
    if (targets.isEmpty()) {
      throw Check.invalid("latency", "none", "at least one quantile, such as p99: 500ms");
    }
    Problems problems = new Problems();
    for (int i = 1; i < targets.size(); i++) {
      LatencyTarget lower = targets.get(i - 1);
      problems.check(targets.get(i), higher -> checkPair(lower, higher));
    }
    problems.throwIfAny();
  }

  /** Returns the two promises that nearly every service makes. */
  public static LatencyTargets of(Duration p95, Duration p99) {
    return new LatencyTargets(List.of(new LatencyTarget(P95, p95), new LatencyTarget(P99, p99)));
  }

  /** Returns the threshold of a quantile, if it is promised. */
  public Optional<Duration> threshold(BigDecimal quantile) {
    return targets.stream()
        .filter(t -> t.quantile().compareTo(quantile) == 0)
        .map(LatencyTarget::threshold)
        .findFirst();
  }

  /** Returns the promise from which deadlines and slow-call thresholds follow: p99, else that of the highest quantile. */
  public LatencyTarget governing() {
    return targets.stream()
        .filter(t -> t.quantile().compareTo(P99) == 0)
        .findFirst()
        .orElseGet(() -> targets.get(targets.size() - 1));
  }

  /** Returns the threshold of {@link #governing()}: p99's where it is promised, else that of the highest quantile. */
  public Duration p99() {
    return governing().threshold();
  }

  /** Returns these promises with those of {@code narrower} in place of the ones for the same quantile. */
  public LatencyTargets overriddenBy(LatencyTargets narrower) {
    Map<BigDecimal, LatencyTarget> merged = new TreeMap<>();
    targets.forEach(t -> merged.put(t.quantile(), t));
    narrower.targets.forEach(t -> merged.put(t.quantile(), t));
    return new LatencyTargets(new ArrayList<>(merged.values()));
  }

  private static void checkPair(LatencyTarget lower, LatencyTarget higher) {
    if (lower.quantile().compareTo(higher.quantile()) == 0) {
      throw Check.invalid("latency." + lower.label(), "declared twice", "each quantile once");
    }
    if (higher.threshold().compareTo(lower.threshold()) < 0) {
      throw Check.invalid(
          "latency." + higher.label(),
          Durations.format(higher.threshold()),
          "at least latency." + lower.label() + ", " + Durations.format(lower.threshold())
              + ": a higher quantile cannot be faster than a lower one");
    }
  }
}
