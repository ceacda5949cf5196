package dev.nines.dependency;

import dev.nines.derive.DependencySettings;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Guards calls to one dependency: bulkhead, deadline, repetition, breaker, client span, counts. Resolved once and kept.
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
 * bound. A call within a guarded call, or within a request that has a
 * deadline, gets no more time than is left of that.
 *
 * <p><b>Repetition.</b> Only what is declared idempotent is tried again: every call to a dependency that is
 * {@linkplain Dependency#idempotent declared so}, or calls through {@link #idempotent()}.
 *
 * <p><b>Exceptions.</b> The body's own arrive unchanged, those of the last attempt. The guard's are
 * {@link CallShedException}, {@link BulkheadFullException}, {@link BreakerOpenException} and
 * {@link DeadlineExceededException}, unchecked.
 *
 * <p>Thread-safe.
 */
public final class Guard {

  private final int index;
  private final boolean idempotent;
  private final Protection protection;

  /** The same for calls that may be repeated, where this one's may not, and the other way round. */
  private final Guard other;

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
    this.idempotent = settings.targets().idempotent();
    this.protection = new Protection(this, dependency, settings, tools);
    this.other = new Guard(this);
  }

  private Guard(Guard origin) {
    this.index = origin.index;
    this.idempotent = !origin.idempotent;
    this.protection = origin.protection;
    this.other = origin;
  }

  /** Returns the dependency's name. */
  public String name() {
    return protection.name();
  }

  /** Returns its place among the dependencies, from 0, for tables. */
  public int index() {
    return index;
  }

  /** Returns the derived settings in force. */
  public DependencySettings settings() {
    return protection.settings();
  }

  /**
   * Returns whether a call to this dependency is under way here, in the current context: what is sent for it is guarded already,
   * and an adapter then only passes the trace on.
   */
  public boolean isCalling() {
    for (Call call = Call.current(); call != null; call = call.enclosing()) {
      if (call.protection == protection) {
        return true;
      }
    }
    return false;
  }

  /** Returns the state of its breaker. */
  public BreakerState state() {
    return protection.breaker().state();
  }

  /** Returns when it makes sense to call again: zero while the breaker is closed. */
  public Duration retryAfter() {
    return protection.breaker().retryAfter();
  }

  /**
   * Returns the same guard for calls that may be repeated without harm: one that fails is tried again within its deadline, up
   * to twice, after a wait that chance draws. Not while the breaker is open or the error budget burns, and never beyond a tenth
   * more load. Everything else is the same guard's: breaker, bulkhead, counts. For a dependency that is declared
   * {@linkplain Dependency#idempotent idempotent} it is this guard itself.
   */
  public Guard idempotent() {
    return idempotent ? this : other;
  }

  /**
   * Returns the same guard for calls that are never repeated, whatever is declared of the dependency: the opposite of
   * {@link #idempotent()}.
   */
  public Guard once() {
    return idempotent ? other : this;
  }

  /**
   * Calls the dependency.
   *
   * @throws X what the body throws, unchanged
   * @throws CallShedException if calls are shed, because the error budget is exhausted
   * @throws BulkheadFullException if as many calls are under way as the bulkhead allows
   * @throws BreakerOpenException if the breaker lets no call through
   * @throws DeadlineExceededException if the body failed because its time was over
   */
  public <T extends @Nullable Object, X extends Exception> T call(Body<T, X> body) throws X {
    return made(new SyncCall(this, null), body);
  }

  /** Calls the dependency for no result; see {@link #call}. */
  public <X extends Exception> void run(Action<X> action) throws X {
    this.<@Nullable Void, X>made(new SyncCall(this, null), action);
  }

  /**
   * Calls the dependency, and the fallback when that fails: the body throws what counts as a failure, returns what does, or
   * misses its deadline, or the call is refused. An {@link Error}, the caller's own interruption, and an
   * exception that the declaration doesn't count as a failure pass through: they are no outage.
   *
   * @param fallback hears why it has to serve; what it throws arrives unchanged
   * @throws X what the body throws, if that is no failure
   */
  public <T extends @Nullable Object, X extends Exception> T callOr(
      Body<? extends T, X> body, Function<? super CallFailure, ? extends T> fallback) throws X {
    SyncCall call = new SyncCall(this, null);
    T result;
    try {
      result = made(call, body);
    } catch (Exception thrown) {
      Call last = call.last();
      if (!last.outcome().failed()) {
        throw thrown;
      }
      return replaced(last, fallback.apply(last.failure(thrown)));
    }
    Call last = call.last();
    return last.outcome() == CallOutcome.FAILURE
        ? replaced(last, fallback.apply(last.failure(null)))
        : result;
  }

  private static <T extends @Nullable Object> T replaced(Call call, T substitute) {
    call.replaced();
    return substitute;
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
    return AsyncCalls.made(new AsyncCall<>(this, null), attempt -> body.get(), idempotent);
  }

  /**
   * Calls the dependency over HTTP, for adapters of client libraries: spans and metrics know method and status, and an
   * answer of 500 or above counts as a failure.
   *
   * @throws X what the body throws, unchanged
   */
  public <T extends @Nullable Object, X extends Exception> T http(
      HttpCall<? super T> http, AttemptBody<T, X> body) throws X {
    return made(new SyncCall(this, http), body);
  }

  /** Calls the dependency over HTTP, whose answer comes later; see {@link #http} and {@link #callAsync}. */
  public <T extends @Nullable Object> CompletableFuture<T> httpAsync(
      HttpCall<? super T> http, Function<? super Attempt, ? extends CompletionStage<T>> body) {
    return AsyncCalls.made(new AsyncCall<>(this, http), body, idempotent);
  }

  /**
   * Tells that a check of the dependency passed. Once the open wait is over this moves the breaker from OPEN to HALF_OPEN,
   * so that it recovers without traffic; otherwise it does nothing.
   */
  public void probeSucceeded() {
    protection.breaker().probeSucceeded(protection.nanos());
  }

  private <T extends @Nullable Object, X extends Exception> T made(
      SyncCall call, AttemptBody<T, X> body) throws X {
    call.enter(idempotent);
    try {
      return call.repeatable() ? repeated(call, body) : attempted(call, body);
    } finally {
      call.leave();
    }
  }

  private static <T extends @Nullable Object, X extends Exception> T repeated(
      SyncCall first, AttemptBody<T, X> body) throws X {
    SyncCall call = first;
    while (true) {
      SyncCall next;
      try {
        T result = attempted(call, body);
        next = call.next();
        if (next == null) {
          return result;
        }
      } catch (Error failure) {
        call.over();
        throw failure;
      } catch (Exception thrown) {
        next = call.next();
        if (next == null) {
          throw thrown;
        }
      }
      call = next;
    }
  }

  private static <T extends @Nullable Object, X extends Exception> T attempted(
      SyncCall call, AttemptBody<T, X> body) throws X {
    call.begin();
    try (Scope scope = call.makeCurrentWithinParent()) {
      call.watch();
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

  Protection protection() {
    return protection;
  }

  long count(CallOutcome outcome) {
    return protection.count(outcome);
  }

  long overruns() {
    return protection.overruns();
  }
}
