package dev.nines.targets;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one declaration: what a service promises, and what follows from nothing else.
 *
 * <p>Immutable and thread-safe. Every check stands in the constructor of the value that it concerns, and the
 * contradictions between values in {@link TargetsLinter}; the builder, the file and the environment all go through them.
 *
 * @param service the service's name, if the declaration gives one
 * @param availability share of time in which the service is ready, in (0, 1)
 * @param errorRate share of valid requests that may fail, in (0, 20 %]
 * @param latency promises on the requests that are not errors
 * @param saturation how full resources may be
 * @param recovery how soon failures are seen and mended
 * @param durability share of stored objects that must survive a year, in (0, 1)
 * @param window the rolling period over which budgets are counted
 * @param lifecycle how long an instance may take to start and to stop
 * @param peakRequestsPerSecond the declared peak of traffic; without it no bulkhead is derived
 * @param routes promises of single routes, by {@link RouteTargets#route()}
 * @param dependencies expectations of dependencies, by name
 */
public record ReliabilityTargets(
    Optional<String> service,
    BigDecimal availability,
    BigDecimal errorRate,
    LatencyTargets latency,
    SaturationTargets saturation,
    RecoveryTargets recovery,
    BigDecimal durability,
    Duration window,
    LifecycleTimings lifecycle,
    Optional<BigDecimal> peakRequestsPerSecond,
    Map<String, RouteTargets> routes,
    Map<String, DependencyTargets> dependencies) {

  /** An error rate above this is no target that a breaker or an alert could defend. */
  static final BigDecimal MOST_ERRORS = new BigDecimal("0.2");

  public ReliabilityTargets {
    service.ifPresent(s -> Check.name("service", s));
    availability = Check.fraction("availability", availability);
    errorRate = Check.fraction("errorRate", errorRate, MOST_ERRORS);
    durability = Check.fraction("durability", durability);
    Check.positive("window", window);
    peakRequestsPerSecond.filter(p -> p.signum() <= 0).ifPresent(p -> {
      throw Check.invalid("traffic.peak", p.toPlainString() + "/s", "more than 0/s");
    });
    routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
  }

  /** Returns the built-in default: 99.9 % available, error rate 0.1 %, p95 200 ms, p99 500 ms, detection 30 s. */
  public static ReliabilityTargets threeNines() {
    return new ReliabilityTargetsBuilder().build();
  }

  /** Returns a milder preset: 99.5 % available, error rate 0.1 %, p95 500 ms, the rest as {@link #threeNines()}. */
  public static ReliabilityTargets standard() {
    return new ReliabilityTargetsBuilder()
        .availability(new BigDecimal("0.995"))
        .latency(LatencyTargets.of(Duration.ofMillis(500), Duration.ofMillis(500)))
        .build();
  }

  /** Returns a builder that starts from {@link #threeNines()}. */
  public static ReliabilityTargetsBuilder builder() {
    return new ReliabilityTargetsBuilder();
  }

  /** Returns a builder that starts from these targets. */
  public ReliabilityTargetsBuilder toBuilder() {
    return new ReliabilityTargetsBuilder(this);
  }

  /** Returns the share of valid requests that may fail: the error budget. */
  public BigDecimal errorBudget() {
    return errorRate;
  }

  /**
   * Returns the time in which the service may be unready during {@code period}: exactly 43 min 12 s of 30 days at 99.9 %,
   * to the nanosecond, rounded down.
   */
  public Duration allowedDowntime(Duration period) {
    BigDecimal seconds =
        BigDecimal.valueOf(period.getSeconds()).add(BigDecimal.valueOf(period.getNano(), 9));
    BigDecimal nanos = BigDecimal.ONE.subtract(availability).multiply(seconds).movePointRight(9);
    BigInteger[] parts = nanos.toBigInteger().divideAndRemainder(BigInteger.valueOf(1_000_000_000));
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }

  /** Returns the error rate promised for a route class: the route's own, else the service's. */
  public BigDecimal errorRate(String routeClass) {
    return Optional.ofNullable(routes.get(routeClass))
        .flatMap(RouteTargets::errorRate)
        .orElse(errorRate);
  }

  /** Returns the latency promised for a route class: the service's, with the route's own in their places. */
  public LatencyTargets latency(String routeClass) {
    return Optional.ofNullable(routes.get(routeClass))
        .flatMap(RouteTargets::latency)
        .map(latency::overriddenBy)
        .orElse(latency);
  }
}
