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

  /** Detection ÷ this is the time in which total failure fills a window up to the threshold. */
  static final BigDecimal TO_OPEN_REQUIRED = new BigDecimal("6");

  /** With a fallback at hand, opening serves: it may come sooner. */
  static final BigDecimal TO_OPEN_OPTIONAL = new BigDecimal("15");

  static final Duration LONGEST_FIRST_WAIT = Duration.ofSeconds(30);

  /** With its jitter, and ten trial calls at one a second, a breaker is back 60 s after its dependency. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** Instances that opened together must not probe together. */
  static final double WAIT_JITTER = 0.5;

  /** resilience4j's default. */
  static final int HALF_OPEN_CALLS = 10;

  static final Duration SHORTEST_HALF_OPEN = Duration.ofSeconds(10);

  /** Probability that a trial of a dependency that is well again fails by chance: one more wait in fifty recoveries. */
  static final double FALSE_RELAPSE = 0.02;

  /** Twice what Little's law asks for on average, since arrivals come in bursts. */
  static final BigDecimal BULKHEAD_HEADROOM = new BigDecimal("2");

  /** Probability that chance alone fills a bulkhead while the declared peak is kept; decides where calls are few. */
  static final double FALSE_REJECTION = 1e-6;

  /** From this average on, the headroom keeps chance out by itself. */
  private static final BigDecimal MANY_CALLS = new BigDecimal("50");

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

  static Duration window(ReliabilityTargets service, DependencyTargets dependency) {
    BigDecimal detection = Amounts.seconds(service.recovery().detection());
    BigDecimal filled = detection.divide(
        (dependency.required() ? TO_OPEN_REQUIRED : TO_OPEN_OPTIONAL)
            .multiply(failureRateThreshold(service, dependency)),
        0,
        RoundingMode.DOWN);
    BigDecimal third = detection.divide(new BigDecimal("3"), 0, RoundingMode.DOWN);
    return Amounts.largest(SHORTEST_WINDOW, Duration.ofSeconds(filled.min(third).longValue()));
  }

  static Duration openWait(Duration detection) {
    return Amounts.least(Amounts.over(detection, "3"), LONGEST_FIRST_WAIT);
  }

  static Duration halfOpenTime(Duration openWait) {
    return Amounts.largest(openWait, SHORTEST_HALF_OPEN);
  }

  /** Returns the smallest number of bad trial calls, at least one, that chance exceeds in few recoveries only. */
  static int halfOpenTolerated(ReliabilityTargets service, DependencyTargets dependency) {
    double chance = errorRate(service, dependency).add(slowRate(service)).doubleValue();
    int tolerated = 1;
    while (tolerated < HALF_OPEN_CALLS - 1
        && BinomialTail.log(HALF_OPEN_CALLS, tolerated + 1, chance) > Math.log(FALSE_RELAPSE)) {
      tolerated++;
    }
    return tolerated;
  }

  static OptionalInt bulkhead(ReliabilityTargets service, DependencyTargets dependency) {
    return service
        .peakRequestsPerSecond()
        .map(peak -> OptionalInt.of(callsAtATime(peak, share(service, dependency))))
        .orElse(OptionalInt.empty());
  }

  private static int callsAtATime(BigDecimal perSecond, Duration each) {
    BigDecimal average = perSecond.multiply(Amounts.seconds(each));
    int roomy = average
        .multiply(BULKHEAD_HEADROOM)
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Integer.MAX_VALUE))
        .intValueExact();
    return average.compareTo(MANY_CALLS) < 0
        ? Math.max(roomy, mostByChance(average.doubleValue()))
        : roomy;
  }

  /** Returns the smallest n with P[Poisson(average) > n] within the bound. */
  private static int mostByChance(double average) {
    double exactly = Math.exp(-average);
    double atMost = exactly;
    int calls = 0;
    while (1 - atMost > FALSE_REJECTION) {
      calls++;
      exactly *= average / calls;
      atMost += exactly;
    }
    return calls;
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
