package dev.nines.dependency;

import dev.nines.derive.DependencySettings;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Guards calls to one dependency: breaker, deadline, client span, counts. Resolved once and kept.
 *
 * <pre>{@code
 * Guard payments = nines.guard("payments");
 * Receipt receipt = payments.call(() -> client.charge(order));
 * Receipt orLater = payments.callOr(() -> client.charge(order), reason -> Receipt.pending(order, reason));
 * CompletableFuture<Receipt> later = payments.callAsync(() -> client.chargeAsync(order));
 * }</pre>
 *
 * <p><b>Deadline.</b> {@link #call}, {@link #run} and {@link #callOr} run the body on the caller's thread. At the deadline
 * the thread is interrupted; what the body throws upon that arrives as the cause of a {@link DeadlineExceededException}, and
 * the interrupt flag is clear again. A body that doesn't react to interrupts runs on: set its own timeouts too. If it
 * returns a result after all, the caller gets the result, and the breaker a timeout. Only {@link #callAsync} promises the
 * bound. A call within a guarded call gets no more time than the outer one has left.
 *
 * <p><b>Exceptions.</b> The body's own arrive unchanged. The guard's are {@link BreakerOpenException} and
 * {@link DeadlineExceededException}, unchecked.
 *
 * <p>Thread-safe.
 */
public final class Guard {

  private static final AttributeKey<String> DEPENDENCY = AttributeKey.stringKey("nines.dependency");

  private final int index;
  private final DependencySettings settings;
  private final FailureRules failures;
  private final GuardTools tools;
  private final Breaker breaker;
  private final long deadlineNanos;
  private final long slowNanos;
  private final Attributes refusal;
  private final LongAdder[] outcomes = new LongAdder[CallOutcome.values().length];
  private final LongAdder overruns = new LongAdder();

  /** The states of a breaker. */
  public enum BreakerState {
    /** Calls pass. */
    CLOSED,
    /** No call passes until the wait is over. */
    OPEN,
    /** A few calls pass, to see whether the dependency is back. */
    HALF_OPEN;

    /** Returns the name in labels and bodies: {@code half_open}. */
    public String label() {
      return LABELS[ordinal()];
    }

    private static final String[] LABELS = {"closed", "open", "half_open"};
  }

  Guard(int index, Dependency dependency, DependencySettings settings, GuardTools tools) {
    this.index = index;
    this.settings = settings;
    this.failures = new FailureRules(dependency);
    this.tools = tools;
    this.breaker = new Breaker(settings, tools.time(), tools.events(), tools.random());
    this.deadlineNanos = settings.deadline().toNanos();
    this.slowNanos = settings.slowCallThreshold().toNanos();
    this.refusal = Attributes.of(DEPENDENCY, settings.name());
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = new LongAdder();
    }
  }

  /** Returns the dependency's name. */
  public String name() {
    return settings.name();
  }

  /** Returns its place among the dependencies, from 0, for tables. */
  public int index() {
    return index;
  }

  /** Returns the derived settings in force. */
  public DependencySettings settings() {
    return settings;
  }

  /** Returns the state of its breaker. */
  public BreakerState state() {
    return breaker.state();
  }

  /** Returns when it makes sense to call again: zero while the breaker is closed. */
  public Duration retryAfter() {
    return breaker.retryAfter();
  }

  /**
   * Calls the dependency.
   *
   * @throws X what the body throws, unchanged
   * @throws BreakerOpenException if the breaker lets no call through
   * @throws DeadlineExceededException if the body failed because its time was over
   */
  public <T extends @Nullable Object, X extends Exception> T call(Body<T, X> body) throws X {
    return attempt(new SyncCall(this, null), attempt -> body.run());
  }

  /** Calls the dependency for no result; see {@link #call}. */
  public <X extends Exception> void run(Action<X> action) throws X {
    this.<@Nullable Void, X>attempt(new SyncCall(this, null), attempt -> {
      action.run();
      return null;
    });
  }

  /**
   * Calls the dependency, and the fallback when that fails: the body throws what counts as a failure, returns what does, or
   * misses its deadline, or the breaker is open. An {@link Error}, the caller's own interruption, and an exception that the
   * declaration doesn't count as a failure pass through: they are no outage.
   *
   * @param fallback hears why it has to serve; what it throws arrives unchanged
   * @throws X what the body throws, if that is no failure
   */
  public <T extends @Nullable Object, X extends Exception> T callOr(
      Body<? extends T, X> body, Function<? super CallFailure, ? extends T> fallback) throws X {
    SyncCall call = new SyncCall(this, null);
    T result;
    try {
      result = attempt(call, attempt -> body.run());
    } catch (Exception thrown) {
      if (!call.outcome().failed()) {
        throw thrown;
      }
      return fallback.apply(call.failure(thrown));
    }
    return call.outcome() == CallOutcome.FAILURE ? fallback.apply(call.failure(null)) : result;
  }

  /**
   * Calls the dependency, whose answer comes later. The body runs on the caller's thread.
   *
   * @return completes as the body's stage does, with its exception unwrapped; at the deadline at the latest, with a
   *     {@link DeadlineExceededException}, and then the body's stage is cancelled. Cancelling it, or completing it by other
   *     means, cancels the body's stage. What depends on it runs on the thread that completes it
   */
  public <T extends @Nullable Object> CompletableFuture<T> callAsync(
      Supplier<? extends CompletionStage<T>> body) {
    return new AsyncCall<T>(this, null).start(attempt -> body.get());
  }

  /**
   * Calls the dependency over HTTP, for adapters of client libraries: spans and metrics know method and status, and an
   * answer of 500 or above counts as a failure.
   *
   * @throws X what the body throws, unchanged
   */
  public <T extends @Nullable Object, X extends Exception> T http(
      HttpCall<? super T> http, AttemptBody<T, X> body) throws X {
    return attempt(new SyncCall(this, http), body);
  }

  /** Calls the dependency over HTTP, whose answer comes later; see {@link #http} and {@link #callAsync}. */
  public <T extends @Nullable Object> CompletableFuture<T> httpAsync(
      HttpCall<? super T> http, Function<? super Attempt, ? extends CompletionStage<T>> body) {
    return new AsyncCall<T>(this, http).start(body);
  }

  /**
   * Tells that a check of the dependency passed. Once the open wait is over this moves the breaker from OPEN to HALF_OPEN,
   * so that it recovers without traffic; otherwise it does nothing.
   */
  public void probeSucceeded() {
    breaker.probeSucceeded(nanos());
  }

  private <T extends @Nullable Object, X extends Exception> T attempt(
      SyncCall call, AttemptBody<T, X> body) throws X {
    call.begin();
    try (Scope scope = call.makeCurrent()) {
      tools.watchdog().arm(call);
      T result;
      try {
        result = body.run(call);
      } catch (Throwable thrown) {
        call.threw(thrown);
        throw thrown;
      }
      return call.returned(result);
    }
  }

  /** Counts a call that has ended, and tells of it. */
  void ended(Call call) {
    outcomes[call.outcome().ordinal()].increment();
    if (call.refused()) {
      Span.current().addEvent(call.outcome().label(), refusal);
    }
    tools.listeners().tell(call);
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

  BreakerOpenException breakerOpen() {
    return new BreakerOpenException(name(), state(), retryAfter());
  }

  DeadlineExceededException deadlineExceeded(Duration deadline, @Nullable Throwable cause) {
    return new DeadlineExceededException(name(), state(), retryAfter(), deadline, cause);
  }

  CallFailure failure(CallOutcome outcome, @Nullable Exception cause) {
    return new CallFailure(name(), outcome, Optional.ofNullable(cause), retryAfter());
  }

  Breaker breaker() {
    return breaker;
  }

  FailureRules failures() {
    return failures;
  }

  Watchdog watchdog() {
    return tools.watchdog();
  }

  Tracing tracing() {
    return tools.tracing();
  }

  long nanos() {
    return tools.time().nanos();
  }

  long deadlineNanos() {
    return deadlineNanos;
  }

  boolean slow(long nanos) {
    return nanos > slowNanos;
  }
}
