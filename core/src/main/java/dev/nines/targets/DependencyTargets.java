package dev.nines.targets;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What the service expects of one dependency, and how it lives without it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the dependency's name in code, metrics, health and alerts
 * @param required whether the service cannot serve without it
 * @param availability the dependency's own promise; unknown if empty
 * @param latencyShare share of the service's p99 that one call may use, in (0, 1]; default 60 %
 * @param onFailure what its outage does to readiness; default {@code UNREADY} if required, {@code DEGRADE} if optional
 * @param errorRate share of calls that may fail; the service's if empty
 * @param failureRateThreshold share of failed calls that opens the breaker; derived if empty
 * @param deadline longest time that one call may take; derived if empty
 */
public record DependencyTargets(
    String name,
    boolean required,
    Optional<BigDecimal> availability,
    BigDecimal latencyShare,
    OnFailure onFailure,
    Optional<BigDecimal> errorRate,
    Optional<BigDecimal> failureRateThreshold,
    Optional<Duration> deadline) {

  /** The default share of the service's p99 that one call may use. */
  public static final BigDecimal DEFAULT_LATENCY_SHARE = new BigDecimal("0.6");

  /** What the outage of a dependency does to the readiness of the service. */
  public enum OnFailure {
    /** The instance asks for no traffic. When the dependency is shared, so do all other instances. */
    UNREADY,
    /** The instance stays ready and reports itself degraded. */
    DEGRADE
  }

  public DependencyTargets {
    Check.name("dependencies", name);
    String key = "dependencies." + name;
    availability = availability.map(a -> Check.fraction(key + ".availability", a));
    latencyShare = Check.fraction(key + ".latencyShare", latencyShare, BigDecimal.ONE);
    errorRate =
        errorRate.map(e -> Check.fraction(key + ".errorRate", e, ReliabilityTargets.MOST_ERRORS));
    failureRateThreshold = failureRateThreshold.map(
        t -> Check.fraction(key + ".failureRateThreshold", t, BigDecimal.ONE));
    deadline.ifPresent(d -> Check.positive(key + ".deadline", d));
  }

  /** Returns a required dependency with the defaults. */
  public static DependencyTargets required(String name) {
    return of(name, true, OnFailure.UNREADY);
  }

  /** Returns an optional dependency with the defaults. */
  public static DependencyTargets optional(String name) {
    return of(name, false, OnFailure.DEGRADE);
  }

  private static DependencyTargets of(String name, boolean required, OnFailure onFailure) {
    return new DependencyTargets(
        name,
        required,
        Optional.empty(),
        DEFAULT_LATENCY_SHARE,
        onFailure,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
