package dev.nines.targets;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What the service expects of one dependency, and how it lives without it.
 *
 * <p>What a declaration does not say stays empty here, so that two declarations of the same dependency can be merged:
 * code says {@code Dependency.optional("payments", check)}, the file its latency share, and {@link #over} keeps both.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the dependency's name in code, metrics, health and alerts
 * @param required whether the service cannot serve without it
 * @param availability the dependency's own promise; unknown if empty
 * @param declaredLatencyShare share of the service's p99 that one call may use, in (0, 1]; see {@link #latencyShare}
 * @param declaredOnFailure what its outage does to readiness; see {@link #onFailure}
 * @param errorRate share of calls that may fail, at most 20 %; the service's if empty
 * @param failureRateThreshold share of failed calls that opens the breaker; derived if empty
 * @param deadline longest time that one call may take, at most 1 h; derived if empty
 * @param declaredIdempotent whether each call may be repeated; see {@link #idempotent}
 */
public record DependencyTargets(
    String name,
    boolean required,
    Optional<BigDecimal> availability,
    Optional<BigDecimal> declaredLatencyShare,
    Optional<OnFailure> declaredOnFailure,
    Optional<BigDecimal> errorRate,
    Optional<BigDecimal> failureRateThreshold,
    Optional<Duration> deadline,
    Optional<Boolean> declaredIdempotent) {

  /** The default share of the service's p99 that one call may use. */
  public static final BigDecimal DEFAULT_LATENCY_SHARE = new BigDecimal("0.6");

  private static final Duration LONGEST_DEADLINE = Duration.ofHours(1);

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
    Problems problems = new Problems();
    availability =
        problems.checked(availability, o -> o.map(a -> Check.fraction(key + ".availability", a)));
    declaredLatencyShare = problems.checked(
        declaredLatencyShare,
        o -> o.map(s -> Check.fraction(key + ".latencyShare", s, BigDecimal.ONE)));
    errorRate = problems.checked(
        errorRate,
        o -> o.map(e -> Check.fraction(key + ".errorRate", e, ReliabilityTargets.MOST_ERRORS)));
    failureRateThreshold = problems.checked(
        failureRateThreshold,
        o -> o.map(t -> Check.fraction(key + ".failureRateThreshold", t, BigDecimal.ONE)));
    problems.check(
        deadline,
        o -> o.ifPresent(
            d -> Check.between(key + ".deadline", d, LatencyTarget.SHORTEST, LONGEST_DEADLINE)));
    problems.throwIfAny();
  }

  /** Returns a required dependency with the defaults. */
  public static DependencyTargets required(String name) {
    return of(name, true);
  }

  /** Returns an optional dependency with the defaults. */
  public static DependencyTargets optional(String name) {
    return of(name, false);
  }

  /** Returns the share of the service's p99 that one call may use: as declared, else 60 %. */
  public BigDecimal latencyShare() {
    return declaredLatencyShare.orElse(DEFAULT_LATENCY_SHARE);
  }

  /** Returns what its outage does to readiness: as declared, else {@code UNREADY} if required, {@code DEGRADE} if not. */
  public OnFailure onFailure() {
    return declaredOnFailure.orElse(required ? OnFailure.UNREADY : OnFailure.DEGRADE);
  }

  /** Returns whether each call may be repeated, so that one that failed is tried again: as declared, else not. */
  public boolean idempotent() {
    return declaredIdempotent.orElse(false);
  }

  /**
   * Returns this declaration laid over another of the same dependency: what this one says stands, what it leaves open
   * comes from the other. Whether it is required is always said, so this one's word stands.
   */
  public DependencyTargets over(DependencyTargets other) {
    return new DependencyTargets(
        name,
        required,
        availability.or(other::availability),
        declaredLatencyShare.or(other::declaredLatencyShare),
        declaredOnFailure.or(other::declaredOnFailure),
        errorRate.or(other::errorRate),
        failureRateThreshold.or(other::failureRateThreshold),
        deadline.or(other::deadline),
        declaredIdempotent.or(other::declaredIdempotent));
  }

  /** Returns this declaration with the dependency's own promise of availability, in (0, 1). */
  public DependencyTargets withAvailability(BigDecimal fraction) {
    return new DependencyTargets(
        name,
        required,
        Optional.of(fraction),
        declaredLatencyShare,
        declaredOnFailure,
        errorRate,
        failureRateThreshold,
        deadline,
        declaredIdempotent);
  }

  /** Returns this declaration with the share of the service's p99 that one call may use, in (0, 1]. */
  public DependencyTargets withLatencyShare(BigDecimal fraction) {
    return new DependencyTargets(
        name,
        required,
        availability,
        Optional.of(fraction),
        declaredOnFailure,
        errorRate,
        failureRateThreshold,
        deadline,
        declaredIdempotent);
  }

  /** Returns this declaration with what an outage does to readiness. */
  public DependencyTargets withOnFailure(OnFailure effect) {
    return new DependencyTargets(
        name,
        required,
        availability,
        declaredLatencyShare,
        Optional.of(effect),
        errorRate,
        failureRateThreshold,
        deadline,
        declaredIdempotent);
  }

  /** Returns this declaration with the share of calls that may fail, in (0, 20 %]. */
  public DependencyTargets withErrorRate(BigDecimal fraction) {
    return new DependencyTargets(
        name,
        required,
        availability,
        declaredLatencyShare,
        declaredOnFailure,
        Optional.of(fraction),
        failureRateThreshold,
        deadline,
        declaredIdempotent);
  }

  /** Returns this declaration with the share of failed calls that opens the breaker, in (0, 1]. */
  public DependencyTargets withFailureRateThreshold(BigDecimal fraction) {
    return new DependencyTargets(
        name,
        required,
        availability,
        declaredLatencyShare,
        declaredOnFailure,
        errorRate,
        Optional.of(fraction),
        deadline,
        declaredIdempotent);
  }

  /** Returns this declaration with the longest time that one call may take. */
  public DependencyTargets withDeadline(Duration limit) {
    return new DependencyTargets(
        name,
        required,
        availability,
        declaredLatencyShare,
        declaredOnFailure,
        errorRate,
        failureRateThreshold,
        Optional.of(limit),
        declaredIdempotent);
  }

  /** Returns this declaration with whether each call may be repeated without harm. */
  public DependencyTargets withIdempotent(boolean repeatable) {
    return new DependencyTargets(
        name,
        required,
        availability,
        declaredLatencyShare,
        declaredOnFailure,
        errorRate,
        failureRateThreshold,
        deadline,
        Optional.of(repeatable));
  }

  private static DependencyTargets of(String name, boolean required) {
    return new DependencyTargets(
        name,
        required,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
