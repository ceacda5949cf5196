package dev.nines.targets;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * A latency promise: at least {@code quantile} of the requests that are not errors finish within {@code threshold}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param quantile fraction of requests in (0, 1), exact: 0.95 is p95
 * @param threshold time from the first byte read to the response committed; 1 ms to 1 h
 */
public record LatencyTarget(BigDecimal quantile, Duration threshold) {

  /** The shortest time that a promise can speak of: below it, clocks and histograms tell little. */
  static final Duration SHORTEST = Duration.ofMillis(1);

  private static final Duration LONGEST = Duration.ofHours(1);

  public LatencyTarget {
    quantile = Check.fraction("latency.quantile", quantile);
    Check.between("latency." + label(quantile), threshold, SHORTEST, LONGEST);
  }

  /** Returns the fraction of requests that may be slower than the threshold: 0.05 for p95. */
  public BigDecimal slowBudget() {
    return BigDecimal.ONE.subtract(quantile);
  }

  /** Returns the name of the quantile as it is declared: {@code p95}, {@code p99.9}. */
  public String label() {
    return label(quantile);
  }

  /** Returns the name of the objective in metrics and alerts: {@code latency_p95}, {@code latency_p99_9}. */
  public String objective() {
    return "latency_" + label().replace('.', '_');
  }

  private static String label(BigDecimal quantile) {
    return "p" + quantile.movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
