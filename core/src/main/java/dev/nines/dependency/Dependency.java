package dev.nines.dependency;

import dev.nines.targets.DependencyTargets;
import dev.nines.targets.DependencyTargets.OnFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something that the service leans on, declared once. From it follow its health check, its breaker, its metrics and
 * spans, its alert, its runbook section and its dashboard row.
 *
 * <pre>{@code
 * Dependency.optional("payments", Checks.http(uri))
 *     .latencyShare(new BigDecimal("0.5"))
 *     .failureIf(e -> !(e instanceof CardDeclinedException));
 * }</pre>
 *
 * <p>What counts as a failure: any exception that the body throws; of an HTTP client's answers those of 500 and above, so
 * that a 4xx, the caller's own mistake, never opens a breaker. {@link #failureIf} and {@link #failureResultIf} say
 * otherwise. A call that misses its deadline is a failure always, one that the caller cancels never.
 *
 * <p>Immutable and thread-safe, as the predicates must be.
 *
 * @param targets what is expected of it
 * @param check asks whether it works; without one only its calls tell
 * @param failures which exceptions of a body are failures; empty means all
 * @param failureResults which results of a body are failures; empty means HTTP answers of 500 and above
 * @param sheddable whether its calls are shed while the service's error budget is exhausted; an optional one's only
 */
public record Dependency(
    DependencyTargets targets,
    Optional<Check> check,
    Optional<Predicate<? super Exception>> failures,
    Optional<Predicate<Object>> failureResults,
    boolean sheddable) {

  /**
   * Makes a declaration from all its parts.
   *
   * @throws IllegalArgumentException if calls to a required dependency are to be shed
   */
  public Dependency {
    if (sheddable && targets.required()) {
      throw new IllegalArgumentException("dependencies." + targets.name()
          + ".shedWhenExhausted: true (expected: false, for the service cannot serve without a"
          + " required dependency; declare it by Dependency.optional)");
    }
  }

  /** Declares a dependency without which the service cannot serve. */
  public static Dependency required(String name, Check check) {
    return of(DependencyTargets.required(name), Optional.of(check));
  }

  /** Declares a dependency without which the service cannot serve, and of which only its calls tell how it is. */
  public static Dependency required(String name) {
    return of(DependencyTargets.required(name), Optional.empty());
  }

  /** Declares a dependency without which the service serves less. */
  public static Dependency optional(String name, Check check) {
    return of(DependencyTargets.optional(name), Optional.of(check));
  }

  /** Declares a dependency without which the service serves less, and of which only its calls tell how it is. */
  public static Dependency optional(String name) {
    return of(DependencyTargets.optional(name), Optional.empty());
  }

  private static Dependency of(DependencyTargets targets, Optional<Check> check) {
    return new Dependency(targets, check, Optional.empty(), Optional.empty(), false);
  }

  public String name() {
    return targets.name();
  }

  /**
   * Returns this with the exceptions that are failures; any other is an answer like a result: it doesn't count against the
   * dependency, and no fallback takes its place. A predicate that throws means failure.
   */
  public Dependency failureIf(Predicate<? super Exception> failure) {
    return new Dependency(targets, check, Optional.of(failure), failureResults, sheddable);
  }

  /**
   * Returns this with the results that are failures, in place of the rule for HTTP answers; never asked for null. The
   * caller gets such a result unchanged. A predicate that throws means failure.
   */
  public Dependency failureResultIf(Predicate<Object> failure) {
    return new Dependency(targets, check, failures, Optional.of(failure), sheddable);
  }

  /** Returns this with the share of the service's p99 that one call may use, in (0, 1]; default 0.6. */
  public Dependency latencyShare(BigDecimal fraction) {
    return with(targets.withLatencyShare(fraction));
  }

  /** Returns this with the dependency's own promise of availability, in (0, 1), such as 0.9995. */
  public Dependency availability(BigDecimal fraction) {
    return with(targets.withAvailability(fraction));
  }

  /** Returns this with the share of calls that may fail while all is well, in (0, 0.2]; default the service's. */
  public Dependency errorRate(BigDecimal fraction) {
    return with(targets.withErrorRate(fraction));
  }

  /** Returns this with the share of failed calls that opens the breaker, in (0, 1]; derived if not said. */
  public Dependency failureRateThreshold(BigDecimal fraction) {
    return with(targets.withFailureRateThreshold(fraction));
  }

  /** Returns this with the longest time that one call may take; derived if not said. */
  public Dependency deadline(Duration limit) {
    return with(targets.withDeadline(limit));
  }

  /**
   * Returns this with every call to it declared idempotent: repeating one has no other effect than making it once. So a call
   * that fails is tried again; see {@link Guard#idempotent}, which declares single calls. Of HTTP requests only those are
   * repeated whose method is idempotent, or that have an {@code Idempotency-Key}.
   */
  public Dependency idempotent() {
    return with(targets.withIdempotent(true));
  }

  /** Returns this with what its outage does to readiness; default {@code UNREADY} if required, {@code DEGRADE} if not. */
  public Dependency onFailure(OnFailure effect) {
    return with(targets.withOnFailure(effect));
  }

  /**
   * Returns this with its calls shed while this instance's error budget is exhausted: they are refused at once, as by an
   * open breaker, and the fallback of {@link Guard#callOr} serves. For calls that have one: without, the refusal may fail
   * the request, which costs budget itself. Off by default. The state is at most some five seconds old; the breaker learns
   * nothing of what is shed.
   *
   * @throws IllegalArgumentException if the dependency is required
   */
  public Dependency shedWhenExhausted() {
    return new Dependency(targets, check, failures, failureResults, true);
  }

  private Dependency with(DependencyTargets changed) {
    return new Dependency(changed, check, failures, failureResults, sheddable);
  }
}
