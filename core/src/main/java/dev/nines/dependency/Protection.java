package dev.nines.dependency;

import dev.nines.budget.BudgetState;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.derive.DependencySettings;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the calls to one dependency, whichever {@link Guard} they come through. Thread-safe.
 *
 * <p>Nothing here waits, and what a call passes through is asked in the order of the package's description.
 */
final class Protection {

  private static final AttributeKey<String> DEPENDENCY = AttributeKey.stringKey("nines.dependency");

  private final DependencySettings settings;
  private final FailureRules failures;
  private final boolean sheddable;
  private final GuardTools tools;
  private final TimeSource time;
  private final Watchdog watchdog;
  private final CallListeners listeners;
  private final Bulkhead bulkhead;
  private final Breaker breaker;
  private final Retries retries;
  private final Refusals refusals;
  private final long deadlineNanos;
  private final long attemptNanos;
  private final long slowNanos;
  private final Attributes named;
  private final LongAdder[] outcomes = new LongAdder[CallOutcome.values().length];
  private final LongAdder overruns = new LongAdder();
  private final Guard guard;

  Protection(Guard guard, Dependency dependency, DependencySettings settings, GuardTools tools) {
    this.guard = guard;
    this.settings = settings;
    this.failures = new FailureRules(dependency);
    this.sheddable = dependency.sheddable();
    this.tools = tools;
    this.time = tools.time();
    this.watchdog = tools.watchdog();
    this.listeners = tools.listeners();
    this.bulkhead = new Bulkhead(settings.bulkhead());
    this.breaker = new Breaker(settings, tools.time(), tools.events(), tools.random());
    this.refusals = new Refusals(settings.name(), tools.events());
    this.retries = new Retries(settings.retry(), tools, breaker, refusals);
    this.deadlineNanos = settings.deadline().toNanos();
    this.attemptNanos = settings.retry().attemptTimeout().toNanos();
    this.slowNanos = settings.slowCallThreshold().toNanos();
    this.named = Attributes.of(DEPENDENCY, settings.name());
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = new LongAdder();
    }
  }

  /** Returns the guard that listeners are told of. */
  Guard guard() {
    return guard;
  }

  DependencySettings settings() {
    return settings;
  }

  String name() {
    return settings.name();
  }

  Bulkhead bulkhead() {
    return bulkhead;
  }

  Breaker breaker() {
    return breaker;
  }

  Retries retries() {
    return retries;
  }

  FailureRules failures() {
    return failures;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  Tracing tracing() {
    return tools.tracing();
  }

  GuardTools tools() {
    return tools;
  }

  long nanos() {
    return time.nanos();
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  /** Returns how long an attempt may take that another may follow. */
  long attemptNanos() {
    return attemptNanos;
  }

  boolean slow(long nanos) {
    return nanos > slowNanos;
  }

  boolean sheds() {
    return sheddable && tools.budget().get() == BudgetState.EXHAUSTED;
  }

  /** Counts a call that has ended, whatever attempts it had. */
  void ended(CallOutcome how) {
    outcomes[how.ordinal()].increment();
  }

  /** Tells of an attempt, or of a call that was refused before any. */
  void tell(Call call) {
    if (call.refused()) {
      Span.current().addEvent(call.outcome().label(), named);
      refusals.refused(call.outcome(), call.startNanos() + call.durationNanos());
    }
    listeners.tell(call);
  }

  void overran() {
    overruns.increment();
  }

  long count(CallOutcome outcome) {
    return outcomes[outcome.ordinal()].sum();
  }

  long overruns() {
    return overruns.sum();
  }

  GuardException refusal(CallOutcome how) {
    BreakerState state = breaker.state();
    Duration retryAfter = breaker.retryAfter();
    return switch (how) {
      case SHED -> new CallShedException(name(), state, retryAfter);
      case REJECTED -> new BulkheadFullException(name(), state, retryAfter, bulkhead.most());
      case BREAKER_OPEN -> new BreakerOpenException(name(), state, retryAfter);
      default -> new DeadlineExceededException(name(), state, retryAfter, Duration.ZERO, null);
    };
  }

  DeadlineExceededException deadlineExceeded(Duration deadline, @Nullable Throwable cause) {
    return new DeadlineExceededException(
        name(), breaker.state(), breaker.retryAfter(), deadline, cause);
  }

  CallFailure failure(CallOutcome outcome, @Nullable Exception cause) {
    return new CallFailure(name(), outcome, Optional.ofNullable(cause), breaker.retryAfter());
  }
}
