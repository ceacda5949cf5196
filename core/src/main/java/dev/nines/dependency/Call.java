package dev.nines.dependency;

import dev.nines.request.HttpMethod;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One guarded call, from the question to the breaker to what the listeners hear. One object serves as everybody's view of
 * it, since one is made for each call.
 *
 * <p>Its {@code stage} says who ends it: of those that may, the body, the deadline and the caller's cancel, the one that
 * moves it on does.
 */
abstract sealed class Call implements Attempt, CompletedCall permits SyncCall, AsyncCall {

  static final int NO_SLOT = -1;

  /** The stages; a synchronous call passes through them in this order, and may leave out any but the last. */
  static final int RUNNING = 0;

  static final int STOPPING = 1;
  static final int STOPPED = 2;
  static final int OVERRUN = 3;
  static final int ENDED = 4;

  static final long NEVER = Duration.ofDays(365).toNanos();

  private static final ContextKey<Call> KEY = ContextKey.named("nines-call");
  private static final long LEAST_REMAINING = Duration.ofMillis(1).toNanos();
  private static final VarHandle STAGE = stageHandle();

  final Guard guard;
  private final long start;
  private final @Nullable HttpCall<Object> http;

  /** Belong to the watchdog while the call is armed. */
  long wakeAt;

  int slot = NO_SLOT;

  private volatile int stage;
  private int status;
  private @Nullable Era permit;
  private @Nullable Call enclosing;
  private long due;
  private long end;
  private Span span = Span.getInvalid();
  private Context context = Context.root();
  private CallOutcome outcome = CallOutcome.SUCCESS;
  private @Nullable String errorType;

  /**
   * @param http of the type that the body returns; null if this is no HTTP call
   */
  @SuppressWarnings("unchecked")
  Call(Guard guard, @Nullable HttpCall<?> http) {
    this.guard = guard;
    this.http = (HttpCall<Object>) http;
    this.start = guard.nanos();
  }

  /** Acts on the deadline, on the watchdog's thread, so without delay; returns after how many nanoseconds to come again. */
  abstract long timeIsUp();

  /**
   * Gets a permit and opens the span.
   *
   * @throws GuardException if the body must not run; the call has ended then
   */
  void begin() {
    context = Context.current();
    Call outer = context.get(KEY);
    enclosing = outer == null || outer.stage() == ENDED ? null : outer;
    due = start + guard.deadlineNanos();
    if (enclosing != null && enclosing.due - due < 0) {
      due = enclosing.due;
    }
    if (due - start <= 0) {
      conclude(CallOutcome.EXPIRED, null, start);
      throw guard.deadlineExceeded(Duration.ZERO, null);
    }
    permit = guard.breaker().admit(start);
    if (permit == null) {
      conclude(CallOutcome.BREAKER_OPEN, null, start);
      throw guard.breakerOpen();
    }
    span = ClientSpan.start(guard.tracing(), context, guard.name(), http);
    context = context.with(KEY, this).with(span);
    wakeAt = due;
  }

  Scope makeCurrent() {
    return context.makeCurrent();
  }

  /** Ends what a body left behind: tells breaker, span, counters and listeners. Called by whoever moved the stage on. */
  void settle(CallOutcome how, @Nullable Throwable thrown, long now) {
    tellBreaker(how, now);
    conclude(how, thrown, now);
  }

  void tellBreaker(CallOutcome how, long now) {
    Era admitted = permit;
    if (admitted == null) {
      return;
    }
    if (how == CallOutcome.CANCELLED) {
      guard.breaker().released(admitted);
    } else {
      guard.breaker().ended(admitted, now, how != CallOutcome.SUCCESS, guard.slow(now - start));
    }
  }

  void conclude(CallOutcome how, @Nullable Throwable thrown, long now) {
    outcome = how;
    end = now;
    errorType = ErrorTypes.of(how, status, thrown);
    guard.ended(this);
    ClientSpan.end(guard.tracing(), span, status, errorType);
  }

  /** Returns whether the body was never run. */
  boolean refused() {
    return permit == null;
  }

  /** Returns how the call ended whose body gave a result; a late result is still a result, but not in time. */
  CallOutcome outcomeOf(@Nullable Object result, boolean late) {
    if (http != null && result != null) {
      status = http.status().applyAsInt(result);
    }
    return late
        ? CallOutcome.TIMEOUT
        : guard.failures().failed(result, status) ? CallOutcome.FAILURE : CallOutcome.SUCCESS;
  }

  CallOutcome outcomeOf(Throwable thrown, boolean late) {
    return late
        ? CallOutcome.TIMEOUT
        : guard.failures().failed(thrown) ? CallOutcome.FAILURE : CallOutcome.SUCCESS;
  }

  DeadlineExceededException deadlineExceeded(@Nullable Throwable cause) {
    return guard.deadlineExceeded(Duration.ofNanos(due - start), cause);
  }

  CallFailure failure(@Nullable Exception cause) {
    return guard.failure(outcome, cause);
  }

  boolean late(long now) {
    return now - due >= 0;
  }

  int stage() {
    return stage;
  }

  void stage(int next) {
    stage = next;
  }

  boolean advance(int from, int to) {
    return STAGE.compareAndSet(this, from, to);
  }

  @Nullable
  Call enclosing() {
    return enclosing;
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(LEAST_REMAINING, due - guard.nanos()));
  }

  @Override
  public <C> void inject(C carrier, TextMapSetter<C> setter) {
    try {
      guard.tracing().propagator().inject(context, carrier, setter);
    } catch (RuntimeException e) { // the user's propagators run in there
      guard.tracing().spanFailed(e);
    }
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  public Guard guard() {
    return guard;
  }

  @Override
  public CallOutcome outcome() {
    return outcome;
  }

  @Override
  public long durationNanos() {
    return end - start;
  }

  @Override
  public @Nullable HttpMethod method() {
    return http == null ? null : http.method();
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public @Nullable String errorType() {
    return errorType;
  }

  private static VarHandle stageHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Call.class, "stage", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
