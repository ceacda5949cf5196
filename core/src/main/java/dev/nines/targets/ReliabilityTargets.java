package dev.nines.targets;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param window the rolling period over which budgets are counted, 1 d to 366 d
 * @param lifecycle how long an instance may take to start and to stop
 * @param peakRequestsPerSecond the declared peak of traffic; without it no bulkhead is derived
 * @param traces how traces are begun, kept and told of
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
    TraceRules traces,
    Map<String, RouteTargets> routes,
    Map<String, DependencyTargets> dependencies) {

  /** An error rate above this is no target that a breaker or an alert could defend. */
  static final BigDecimal MOST_ERRORS = new BigDecimal("0.2");

  private static final BigDecimal MOST_REQUESTS = new BigDecimal("1e9");
  private static final Duration SHORTEST_WINDOW = Duration.ofDays(1);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(366);

  public ReliabilityTargets(
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
      TraceRules traces,
      Map<String, RouteTargets> routes,
      Map<String, DependencyTargets> dependencies) {
    Problems problems = new Problems();
    this.service = problems.checked(service, o -> o.map(s -> Check.name("service", s)));
    this.availability = problems.checked(availability, ReliabilityTargets::checkAvailability);
    this.errorRate = problems.checked(errorRate, e -> Check.fraction("errorRate", e, MOST_ERRORS));
    this.latency = latency;
    this.saturation = saturation;
    this.recovery = recovery;
    this.durability = problems.checked(durability, d -> Check.fraction("durability", d));
    this.window =
        problems.checked(window, w -> Check.between("window", w, SHORTEST_WINDOW, LONGEST_WINDOW));
    this.lifecycle = lifecycle;
    this.peakRequestsPerSecond =
        problems.checked(peakRequestsPerSecond, o -> o.map(ReliabilityTargets::checkPeak));
    this.traces = traces;
    this.routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    this.dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
    TargetsLinter.lint(this, problems);
    problems.throwIfAny();
  }

  private static BigDecimal checkAvailability(BigDecimal availability) {
    if (availability.compareTo(BigDecimal.ONE) == 0) {
      throw Check.invalid(
          "availability", "100%", "less than 100%, which leaves no budget for any change");
    }
    return Check.fraction("availability", availability);
  }

  private static BigDecimal checkPeak(BigDecimal peak) {
    if (peak.signum() <= 0 || peak.compareTo(MOST_REQUESTS) > 0) {
      throw Check.invalid("traffic.peak", peak + "/s", "more than 0/s and at most 1000000000/s");
    }
    return peak;
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

  /**
   * Loads the declaration: from the path that {@code NINES_CONFIG} names, else from {@code reliability.yaml} on the
   * classpath, else {@link #threeNines()}; what neither says keeps the value of {@link #threeNines()}. Variables such as
   * {@code NINES_TARGETS_ERROR_RATE=0.5%} overrule the file; what code sets afterwards through {@link #toBuilder()}
   * overrules both.
   *
   * @throws InvalidTargetsException with everything that is wrong, one problem a line: file, line, key, value and what was
   *     expected
   */
  public static ReliabilityTargets load() {
    return load(System.getenv());
  }

  /** Loads as {@link #load()}, with these variables in the place of the process's own. */
  public static ReliabilityTargets load(Map<String, String> environment) {
    return new TargetsLoader(environment).load();
  }

  /**
   * Loads as {@link #load(Map)}, and lays settings over file and environment: for frameworks with a configuration of their
   * own.
   *
   * @throws InvalidTargetsException as {@link #load()}; a problem of a setting begins with its origin
   */
  public static ReliabilityTargets load(Map<String, String> environment, List<Setting> settings) {
    return new TargetsLoader(environment, settings).load();
  }

  /**
   * Loads the declaration in a file of at most 1 MiB, and the environment over it; {@code NINES_CONFIG} does not count.
   *
   * @throws InvalidTargetsException as {@link #load()}, and if the file cannot be read
   */
  public static ReliabilityTargets load(Path file) {
    return load(file, System.getenv());
  }

  /** Loads as {@link #load(Path)}, with these variables in the place of the process's own. */
  public static ReliabilityTargets load(Path file, Map<String, String> environment) {
    return new TargetsLoader(environment).load(file);
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
