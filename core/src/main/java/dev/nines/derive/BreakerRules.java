package dev.nines.derive;

import dev.nines.targets.DependencyTargets;
import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.OptionalInt;

/** The formulas that guard calls to a dependency, one function each. */
final class BreakerRules {

  /** Below this a deadline would meet the pauses of a garbage collector rather than the dependency. */
  static final Duration SHORTEST_DEADLINE = Duration.ofMillis(100);

  /**
   * Where nothing can take its place, a call is worth waiting for beyond the promise: a late answer still beats none.
   */
  static final BigDecimal REQUIRED_PATIENCE = new BigDecimal("2");

  /** The burn at which Google's workbook pages; a dependency that fails as fast is better left alone for a while. */
  static final BigDecimal PAGING_BURN = new BigDecimal("14.4");

  /** The default of resilience4j and Armeria. */
  static final BigDecimal MOST_FAILURES = new BigDecimal("0.5");

  /** With a fallback at hand a fifth of failures is enough; below it a breaker would react to what retries mend. */
  static final BigDecimal LEAST_FAILURES = new BigDecimal("0.2");

  static final Duration SHORTEST_WINDOW = Duration.ofSeconds(2);
  static final Duration LONGEST_FIRST_WAIT = Duration.ofSeconds(30);

  /** resilience4j's default wait. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** Instances that opened together must not probe together. */
  static final double WAIT_JITTER = 0.5;

  /** resilience4j's default. */
  static final int HALF_OPEN_CALLS = 10;

  static final Duration SHORTEST_HALF_OPEN = Duration.ofSeconds(10);

  /** Twice what Little's law asks for on average, since arrivals come in bursts. */
  static final BigDecimal BULKHEAD_HEADROOM = new BigDecimal("2");

  private BreakerRules() {}

  static Duration deadline(ReliabilityTargets service, DependencyTargets dependency) {
    return dependency.deadline().orElseGet(() -> derivedDeadline(service, dependency));
  }

  /** A call may use its share of the promise; one whose deadline is declared shorter is slow at its deadline. */
  static Duration slowCallThreshold(ReliabilityTargets service, DependencyTargets dependency) {
    return Amounts.least(share(service, dependency), deadline(service, dependency));
  }

  static BigDecimal failureRateThreshold(ReliabilityTargets service, DependencyTargets dependency) {
    return dependency
        .failureRateThreshold()
        .orElseGet(() -> dependency.required()
            ? MOST_FAILURES
            : PAGING_BURN
                .multiply(errorRate(service, dependency))
                .max(LEAST_FAILURES)
                .min(MOST_FAILURES));
  }

  /** Returns the share of calls that may fail while all is well. */
  static BigDecimal errorRate(ReliabilityTargets service, DependencyTargets dependency) {
    return dependency.errorRate().orElse(service.errorRate());
  }

  /** Returns the share of calls that may be slow while all is well: 1 % where p99 is promised. */
  static BigDecimal slowRate(ReliabilityTargets service) {
    return service.latency().governing().slowBudget();
  }

  static Duration window(Duration detection) {
    Duration third = Duration.ofSeconds(Amounts.over(detection, "3").toSeconds());
    return Amounts.largest(SHORTEST_WINDOW, third);
  }

  static Duration openWait(Duration detection) {
    return Amounts.least(Amounts.over(detection, "3"), LONGEST_FIRST_WAIT);
  }

  static Duration halfOpenTime(Duration openWait) {
    return Amounts.largest(openWait, SHORTEST_HALF_OPEN);
  }

  static OptionalInt bulkhead(ReliabilityTargets service, DependencyTargets dependency) {
    return service
        .peakRequestsPerSecond()
        .map(peak -> OptionalInt.of(callsAtATime(peak, share(service, dependency))))
        .orElse(OptionalInt.empty());
  }

  private static int callsAtATime(BigDecimal perSecond, Duration each) {
    BigDecimal average = perSecond.multiply(Amounts.seconds(each));
    return average
        .multiply(BULKHEAD_HEADROOM)
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
        .intValueExact();
  }

  private static Duration derivedDeadline(
      ReliabilityTargets service, DependencyTargets dependency) {
    Duration share = share(service, dependency);
    Duration patient = dependency.required() ? Amounts.times(share, REQUIRED_PATIENCE) : share;
    return Amounts.largest(patient, SHORTEST_DEADLINE);
  }

  private static Duration share(ReliabilityTargets service, DependencyTargets dependency) {
    return Amounts.times(service.latency().p99(), dependency.latencyShare());
  }
}
