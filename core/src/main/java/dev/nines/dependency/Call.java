package dev.nines.dependency;

import dev.nines.request.ErrorKind;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.trace.LateCall;
import dev.nines.trace.UnrecordedSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One guarded call, from the door of the bulkhead to what the listeners hear. One object serves as everybody's view of it, since
 * one is made for each call. A call that is repeated has one of these for each attempt, which share a {@link Repetition}.
 *
 * <p>It is the context in which it is current, and the scope, too; within a request of which no span is recorded also its own
 * client span, see {@link UnrecordedSpan}. Numbers that fit are narrow, and what few calls have is in {@link CallDetails}, for this
 * object is what a call costs.
 *
 * <p>Its {@code stage} says who ends it: of those that may, the body, the deadline and the caller's cancel, the one that
 * moves it on does.
 */
abstract sealed class Call implements Attempt, CompletedCall, UnrecordedSpan, LateCall
    permits SyncCall, AsyncCall {

  static final short NO_SLOT = -1;

  /** The stages; a synchronous call passes through them in this order, and may leave out any but the last. */
  static final byte RUNNING = 0;

  static final byte STOPPING = 1;
  static final byte STOPPED = 2;
  static final byte OVERRUN = 3;
  static final byte ENDED = 4;

  static final long NEVER = Duration.ofDays(365).toNanos();

  private static final CallOutcome[] OUTCOMES = CallOutcome.values();
  private static final ContextKey<Call> KEY = ContextKey.named("nines-call");
  private static final long LEAST_REMAINING = Duration.ofMillis(1).toNanos();
  private static final VarHandle STAGE = stageHandle();

  final Protection protection;
  private final long start;

  /** Belongs to the watchdog while the call is armed. */
  short slot = NO_SLOT;

  private volatile byte stage;

  /** Its place among {@link #OUTCOMES}. */
  private byte outcome;

  /** When it ended; until then, of a call that was told to stop, when to look what came of that. */
  private long end;

  private Context parent = Context.root();
  private @Nullable Era permit;
  private volatile @Nullable CallDetails details;
  private @Nullable LateCall before;

  /**
   * @param http of the type that the body returns; null if this is no HTTP call
   */
  @SuppressWarnings("unchecked")
  Call(Guard guard, @Nullable HttpCall<?> http) {
    this.protection = guard.protection();
    this.start = protection.nanos();
    if (http != null) {
      details().http = (HttpCall<Object>) http;
    }
  }

  /** Makes the next attempt of a call that is repeated. */
  Call(Call before, Repetition repetition) {
    this.protection = before.protection;
    this.start = protection.nanos();
    this.parent = repetition.context();
    CallDetails own = details();
    own.http = before.http();
    own.enclosing = before.details().enclosing;
    own.repetition = repetition;
    own.due = repetition.due();
    repetition.another(this);
  }

  /** Returns for how many nanoseconds from now on the watchdog leaves it alone; asked on the watchdog's thread. */
  abstract long leftAlone(long now);

  /** Acts on the deadline, on the watchdog's thread, so without delay; returns the same as {@link #leftAlone} does then. */
  abstract long timeIsUp(long now);

  CallDetails details() {
    CallDetails known = details;
    return known != null ? known : makeDetails();
  }

  private synchronized CallDetails makeDetails() {
    CallDetails known = details;
    if (known == null) {
      known = new CallDetails(start + protection.deadlineNanos());
      details = known;
    }
    return known;
  }

  private @Nullable HttpCall<Object> http() {
    return details == null ? null : details.http;
  }

  /**
   * Passes what stands before all attempts: who enters must {@link #leave}.
   *
   * @param repeatable whether the call may be repeated, as far as its guard knows
   * @throws GuardException if the call must not be made; it has ended then
   */
  void enter(boolean repeatable) {
    parent = Context.current();
    if (protection.sheds()) {
      throw refused(CallOutcome.SHED);
    }
    if (!protection.bulkhead().enter()) {
      throw refused(CallOutcome.REJECTED);
    }
    keepWithin();
    if (due() - start <= 0) {
      leave();
      throw refused(CallOutcome.EXPIRED);
    }
    HttpCall<Object> http = http();
    if (repeatable && (http == null || http.idempotent())) {
      details().repetition = new Repetition(this, parent, start, due());
      protection.retries().called(start);
    }
  }

  void leave() {
    protection.bulkhead().leave();
  }

  /** Gives the call no more time than is left of the call or the request that it is part of. */
  private void keepWithin() {
    Call outer = parent.get(KEY);
    if (outer != null && outer.stage() != ENDED) {
      details().enclosing = outer;
      keepWithin(outer.due());
    }
    Exchange served = Exchange.from(parent);
    if (served != null && served.hasDeadline()) {
      keepWithin(served.dueNanos());
    }
  }

  private void keepWithin(long most) {
    if (most - due() < 0) {
      details().due = most;
    }
  }

  /** Returns when the time of the whole call is over. */
  private long due() {
    return details == null ? start + protection.deadlineNanos() : details.due;
  }

  /** Returns when the time of this attempt is over. */
  long wakeAt() {
    return repetition() == null ? due() : earlier(due(), start + protection.attemptNanos());
  }

  /**
   * Gets a permit of the breaker and opens the span of an attempt.
   *
   * @throws GuardException if the body must not run; the attempt has ended then
   */
  void begin() {
    permit = protection.breaker().admit(start);
    if (permit == null) {
      throw refused(CallOutcome.BREAKER_OPEN);
    }
    if (!isUnrecorded()) {
      details().span = ClientSpan.start(protection.tracing(), parent, this);
    }
  }

  /**
   * Asks the objects that contexts are, as a rule, by their classes: whether one of so many interfaces has a certain one, the JVM
   * finds out by a search, and remembers only the last for all threads.
   */
  private boolean isUnrecorded() {
    if (parent instanceof Exchange served) {
      return served.isUnrecorded();
    }
    return parent instanceof Call outer ? outer.span() == outer : UnrecordedSpan.isIn(parent);
  }

  /** Asks as {@link #isUnrecorded} does. */
  @Override
  public SpanContext within() {
    return parent instanceof Exchange served
        ? served.span().getSpanContext()
        : UnrecordedSpan.super.within();
  }

  private static long earlier(long a, long b) {
    return a - b < 0 ? a : b;
  }

  /** Puts the attempt under the watchdog's eye. */
  void watch() {
    protection.watchdog().arm(this);
  }

  /** Returns how much longer an attempt may take whose time is up, because no other can follow: the time of the whole call. */
  long moreTime() {
    Repetition attempts = repetition();
    if (attempts == null) {
      return 0;
    }
    long now = protection.nanos();
    return protection.retries().possible(attempts, now) ? 0 : Math.max(0, due() - now);
  }

  private GuardException refused(CallOutcome how) {
    conclude(how, null, protection.nanos());
    return protection.refusal(how);
  }

  /** Returns whether the call may have more than one attempt. */
  boolean repeatable() {
    return repetition() != null;
  }

  /** Returns how many attempts there were before this one. */
  int resends() {
    Repetition attempts = repetition();
    return attempts == null ? 0 : attempts.attempts() - 1;
  }

  /** Returns after how many nanoseconds a call whose attempt has ended is tried again, or {@link Retries#NOT}. */
  long retryAfter() {
    Repetition attempts = repetition();
    return attempts == null || refused() || !outcome().failed() || attempts.answeredLate(outcome())
        ? Retries.NOT
        : protection.retries().after(attempts, end);
  }

  /** Counts the call, once it is known that this was its last attempt. */
  void over() {
    protection.ended(outcome());
    Repetition attempts = repetition();
    if (attempts != null && attempts.attempts() > 1 && !outcome().failed()) {
      replaced();
    }
  }

  /** Returns the last attempt there was. */
  Call last() {
    Repetition attempts = repetition();
    return attempts == null ? this : attempts.last();
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
      protection.breaker().released(admitted);
    } else {
      protection
          .breaker()
          .ended(admitted, now, how != CallOutcome.SUCCESS, protection.slow(now - start));
    }
  }

  void conclude(CallOutcome how, @Nullable Throwable thrown, long now) {
    outcome = (byte) how.ordinal();
    end = now;
    String errorType = ErrorTypes.of(how, status(), thrown);
    if (errorType != null) {
      details().errorType = errorType;
    }
    if (how.failed()) {
      tellExchange(how, thrown);
    }
    if (repetition() == null) {
      protection.ended(how);
    }
    protection.tell(this);
    endSpan();
  }

  private void endSpan() {
    Span span = span();
    if (span != this) {
      ClientSpan.end(protection.tracing(), span, this);
    } else if (!refused()) {
      Exchange served = Exchange.from(parent);
      if (served != null) {
        served.keep(this);
      }
    }
  }

  private void tellExchange(CallOutcome how, @Nullable Throwable thrown) {
    Exchange served = Exchange.from(parent);
    if (served != null) {
      served.failedCall(
          switch (how) {
            case TIMEOUT, EXPIRED -> ErrorKind.TIMEOUT;
            case BREAKER_OPEN -> ErrorKind.BREAKER_OPEN;
            case REJECTED, SHED -> ErrorKind.REJECTED;
            default -> ErrorKind.ofFailedCall(thrown);
          });
    }
  }

  /** Hears that a fallback took the place of the answer, so that the request does not suffer from this call. */
  void replaced() {
    Exchange served = Exchange.from(parent);
    if (served != null) {
      served.failedCall(null);
    }
  }

  /** Returns whether the body was never run. */
  boolean refused() {
    return permit == null;
  }

  /** Returns how the call ended whose body gave a result; a late result is still a result, but not in time. */
  CallOutcome outcomeOf(@Nullable Object result, boolean late) {
    HttpCall<Object> http = http();
    if (http != null && result != null) {
      details().status = (short) http.status().applyAsInt(result);
    }
    Repetition attempts = repetition();
    if (attempts != null) {
      attempts.answered(http == null || result == null ? Duration.ZERO : asked(http, result));
    }
    return late
        ? CallOutcome.TIMEOUT
        : protection.failures().failed(result, status())
            ? CallOutcome.FAILURE
            : CallOutcome.SUCCESS;
  }

  private Duration asked(HttpCall<Object> call, Object result) {
    return RetryAfter.read(
        call.retryAfter().apply(result), protection.tools().time().now());
  }

  CallOutcome outcomeOf(Throwable thrown, boolean late) {
    return late
        ? CallOutcome.TIMEOUT
        : protection.failures().failed(thrown) ? CallOutcome.FAILURE : CallOutcome.SUCCESS;
  }

  DeadlineExceededException deadlineExceeded(@Nullable Throwable cause) {
    Repetition attempts = repetition();
    return protection.deadlineExceeded(
        Duration.ofNanos(due() - (attempts == null ? start : attempts.start())), cause);
  }

  CallFailure failure(@Nullable Exception cause) {
    return protection.failure(outcome(), cause);
  }

  boolean late(long now) {
    return now - due() >= 0;
  }

  @Nullable
  Repetition repetition() {
    return details == null ? null : details.repetition;
  }

  /** Returns whether somebody else had interrupted the thread before the call. */
  boolean interruptedBefore() {
    return details != null && details.interruptedBefore;
  }

  byte stage() {
    return stage;
  }

  void stage(byte next) {
    stage = next;
  }

  /** Tells that the body was asked to stop, and when the watchdog looks whether it did. */
  void stopped(long lookAgain) {
    end = lookAgain;
    stage = STOPPED;
  }

  /** Returns when the watchdog looks again at a call that was stopped. */
  long lookAgain() {
    return end;
  }

  boolean advance(byte from, byte to) {
    return STAGE.compareAndSet(this, from, to);
  }

  /** Returns the call that is under way in the current context; null if there is none, or it has ended. */
  static @Nullable Call current() {
    Call call = Context.current().get(KEY);
    return call == null || call.stage() == ENDED ? null : call;
  }

  /** Returns the call that this one is part of; null if there is none, or it has ended. */
  @Nullable
  Call enclosing() {
    Call outer = details == null ? null : details.enclosing;
    return outer == null || outer.stage() == ENDED ? null : outer;
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(LEAST_REMAINING, due() - protection.nanos()));
  }

  @Override
  public <C> void inject(C carrier, TextMapSetter<C> setter) {
    try {
      protection.tracing().propagator().inject(this, carrier, setter);
    } catch (RuntimeException e) { // the user's propagators run in there
      protection.tracing().spanFailed(e);
    }
  }

  @Override
  public Span span() {
    return details == null || details.span == null ? this : details.span;
  }

  @Override
  public Context parent() {
    return parent;
  }

  @Override
  public ContextKey<?> ownKey() {
    return KEY;
  }

  @Override
  public SpanContext getSpanContext() {
    return this;
  }

  @Override
  public String getSpanId() {
    CallDetails known = details;
    String drawn = known == null ? null : known.spanId;
    return drawn == null ? drawSpanId() : drawn;
  }

  /** Any thread that carries the call's context may ask. */
  private synchronized String drawSpanId() {
    CallDetails own = details();
    if (own.spanId == null) {
      own.spanId = IdGenerator.random().generateSpanId();
    }
    return own.spanId;
  }

  @Override
  public @Nullable LateCall before() {
    return before;
  }

  @Override
  public void before(@Nullable LateCall kept) {
    before = kept;
  }

  @Override
  public String spanName() {
    return ClientSpan.name(this);
  }

  @Override
  public SpanKind spanKind() {
    return SpanKind.CLIENT;
  }

  @Override
  public long startNanos() {
    return start;
  }

  @Override
  public void describe(Span built) {
    ClientSpan.describe(built::setAttribute, this);
    ClientSpan.describeEnd(built, this);
  }

  @Nullable
  URI uri() {
    HttpCall<Object> http = http();
    return http == null ? null : http.uri();
  }

  @Override
  public Guard guard() {
    return protection.guard();
  }

  @Override
  public CallOutcome outcome() {
    return OUTCOMES[outcome];
  }

  @Override
  public long durationNanos() {
    return end - start;
  }

  @Override
  public @Nullable HttpMethod method() {
    HttpCall<Object> http = http();
    return http == null ? null : http.method();
  }

  @Override
  public int status() {
    return details == null ? 0 : details.status;
  }

  @Override
  public @Nullable String errorType() {
    return details == null ? null : details.errorType;
  }

  private static VarHandle stageHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Call.class, "stage", byte.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
