package dev.nines.request;

import dev.nines.telemetry.ServiceIdentity;
import dev.nines.trace.LateCall;
import dev.nines.trace.LateSpan;
import dev.nines.trace.LateSpans;
import dev.nines.trace.Traceparent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request from the first byte read to the response committed. Opened by {@link Requests#begin}, current in
 * OpenTelemetry's Context while the handler runs, and ended exactly once: later endings are ignored.
 *
 * <p>Ending is thread-safe. The setters belong to the adapter, before the end.
 */
public abstract sealed class Exchange permits RecordedExchange, JoinedExchange, UnrecordedExchange {

  /** The most characters of a raw path or query that are shown, unless somebody asks for more. */
  public static final int MAX_TARGET = 512;

  static final ContextKey<Exchange> KEY = ContextKey.named("nines-exchange");
  private static final VarHandle ENDED = handle("ended", boolean.class);
  private static final VarHandle LAST_CALL = handle("lastCall", LateCall.class);

  /** What few requests have is kept here, and not in a field of every request: this object is what a request costs. */
  private static final RequestLocal<String> TENANT = new RequestLocal<>();

  private static final RequestLocal<Duration> DEADLINE = new RequestLocal<>();
  private static final RequestLocal<ErrorKind> FAILED_CALL = new RequestLocal<>();
  private static final RequestLocal<SpanContext> LINK = new RequestLocal<>();
  private static final RequestLocal<String> REQUEST_ID = new RequestLocal<>();
  private static final RequestLocal<Throwable> ERROR = new RequestLocal<>();

  private static final HttpMethod[] METHODS = HttpMethod.values();
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final Requests requests;
  private final long startNanos;

  @SuppressWarnings(
      "unused") // written through ENDED: an AtomicBoolean would be one more object for each request
  private volatile boolean ended;

  /** Places among {@link #METHODS} and {@link #OUTCOMES}. */
  private final byte method;

  private byte outcome;

  private short status;
  private long endNanos;
  private Route route;
  private RequestDetails details = RequestDetails.NONE;

  /** The calls that may have to be told of later, the last first. */
  private volatile @Nullable LateCall lastCall;

  private boolean sloBroken;
  private boolean tenantAsked;

  private @Nullable Object carrier;
  private @Nullable TextMapGetter<Object> getter;
  private volatile RequestLocal.@Nullable Entry locals;

  Exchange(Requests requests, Route route, HttpMethod method, long startNanos) {
    this.requests = requests;
    this.route = route;
    this.method = (byte) method.ordinal();
    this.startNanos = startNanos;
  }

  /** Returns the exchange that this thread serves, or null. */
  public static @Nullable Exchange current() {
    return Context.current().get(KEY);
  }

  /** Returns the exchange that {@code context} belongs to, or null. */
  public static @Nullable Exchange from(Context context) {
    return context.get(KEY);
  }

  /** Returns the context to make current while the request is served. */
  public abstract Context context();

  Requests requests() {
    return requests;
  }

  /** Returns the service that serves it: two may live in one JVM. */
  public ServiceIdentity service() {
    return requests.service();
  }

  /** Returns the nanoseconds since 1970 at that {@link dev.nines.time.TimeSource#nanos()}; 0 if only who made the span knows. */
  public long epochNanos(long nanos) {
    return 0;
  }

  /** Returns the span of this request; one that is not recorded has its ids, and does nothing. */
  public abstract Span span();

  /** Returns whether nobody records it, so that its span is the request itself and its calls are theirs. */
  public boolean isUnrecorded() {
    return false;
  }

  /** Returns what the caller's span is current in; the root if there is no caller. */
  abstract Context callersContext();

  public HttpMethod method() {
    return METHODS[method];
  }

  public Route route() {
    return route;
  }

  /** Sets the route, for adapters that learn it late; the span takes its name. */
  public void route(Route matched) {
    if (matched != route) {
      route = matched;
      ServerSpans.reroute(span(), method(), matched);
    }
  }

  /**
   * Returns the raw path as the client sent it, without its query, for log lines and spans only; null if unknown. What is
   * longer than {@link #MAX_TARGET} is cut.
   */
  public @Nullable String target() {
    return target(MAX_TARGET);
  }

  /** Returns at most that many characters of the raw path; null if unknown. */
  public @Nullable String target(int most) {
    return begin(details.target, most);
  }

  /** Sets the raw path. */
  public void target(@Nullable String rawPath) {
    details().target = rawPath;
  }

  /** Returns at most that many characters of the raw query; null if there is none. It may hold anything: see who logs it. */
  public @Nullable String query(int most) {
    return begin(details.query, most);
  }

  public void query(@Nullable String rawQuery) {
    details().query = rawQuery;
  }

  private static @Nullable String begin(@Nullable String text, int most) {
    return text != null && text.length() > most ? text.substring(0, most) : text;
  }

  /**
   * Returns a header of the request, the first if it came repeatedly; null if there is none, and once all listeners have
   * heard of the end: servers use their objects again. Read anew with each call, and as long as the client made it.
   */
  public @Nullable String header(String name) {
    TextMapGetter<Object> reader = getter;
    Object headers = carrier;
    if (reader == null || headers == null) {
      return null;
    }
    Iterator<String> lines = reader.getAll(headers, name);
    return lines.hasNext() ? lines.next() : null;
  }

  /** Returns the same as {@link #header} without an iterator. */
  @Nullable
  String firstHeader(String name) {
    TextMapGetter<Object> reader = getter;
    return reader == null || carrier == null ? null : reader.get(carrier, name);
  }

  @SuppressWarnings("unchecked") // the getter is only ever handed the carrier that came with it
  <C> void headers(@Nullable C headers, TextMapGetter<C> reader) {
    carrier = headers;
    getter = (TextMapGetter<Object>) reader;
  }

  RequestLocal.@Nullable Entry locals() {
    return locals;
  }

  void locals(RequestLocal.@Nullable Entry entries) {
    locals = entries;
  }

  /** Returns {@code http} or {@code https}, or null if the adapter does not know. */
  public @Nullable String scheme() {
    return details.scheme;
  }

  public void scheme(String name) {
    details().scheme = name;
  }

  /** Returns the protocol as in the request line, such as {@code HTTP/1.1}, or null if the adapter does not know. */
  public @Nullable String protocol() {
    return details.protocol;
  }

  public void protocol(String nameAndVersion) {
    details().protocol = nameAndVersion;
  }

  /** Returns the client's address, as digits and never as a name that was looked up; null if the adapter knows none. */
  public @Nullable String client() {
    Object client = details.client;
    return client instanceof InetSocketAddress peer ? addressOf(peer) : (String) client;
  }

  private static String addressOf(InetSocketAddress peer) {
    InetAddress address = peer.getAddress();
    if (address == null) {
      return peer.getHostString();
    }
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  public void client(@Nullable String address) {
    details().client = address;
  }

  /** Sets the peer's address, which is made into text only when somebody asks. */
  public void client(@Nullable InetSocketAddress address) {
    details().client = address;
  }

  /** Returns how many bytes of the request's body were read, or -1 if the adapter does not know. */
  public long requestBytes() {
    return details.requestBytes;
  }

  public void requestBytes(long bytes) {
    details().requestBytes = bytes;
  }

  /** Returns how many bytes of the response's body were written, or -1 if the adapter does not know. */
  public long responseBytes() {
    return details.responseBytes;
  }

  public void responseBytes(long bytes) {
    details().responseBytes = bytes;
  }

  private RequestDetails details() {
    if (details == RequestDetails.NONE) {
      details = new RequestDetails();
    }
    return details;
  }

  /** Returns {@link dev.nines.time.TimeSource#nanos()} at its beginning. */
  public long startNanos() {
    return startNanos;
  }

  long endNanos() {
    return endNanos;
  }

  /** Returns how long it took; meaningful once ended. */
  public long durationNanos() {
    return endNanos - startNanos;
  }

  /** Returns for which tenant it is; null if it has none, and where {@link Tenants} are off. */
  public @Nullable String tenant() {
    return TENANT.get(this);
  }

  /**
   * Says for which tenant it is, in place of what the client said: for code that has found out who the client is. What is no
   * id is {@link Tenants#OTHER}, null is none; ignored where {@link Tenants} are off.
   */
  public void tenant(@Nullable String id) {
    if (requests.tenants() != null) {
      TENANT.set(this, id == null ? null : Tenants.clean(id));
      tenantAsked = true;
    }
  }

  /** Asks for the tenant, once; for adapters, when they have told of the request what there is to tell. */
  public void resolveTenant() {
    Tenants tenants = requests.tenants();
    if (tenants != null && !tenantAsked) {
      tenantAsked = true;
      TENANT.set(this, requests.resolve(tenants, this));
    }
  }

  /** Links a trace that this request does not go on with. */
  void link(SpanContext caller) {
    LINK.set(this, caller);
  }

  @Nullable
  SpanContext link() {
    return LINK.get(this);
  }

  /** Returns the request's own id; null where {@link dev.nines.targets.TraceRules#requestId} is off. */
  public @Nullable String requestId() {
    return REQUEST_ID.get(this);
  }

  void requestId(String id) {
    REQUEST_ID.set(this, id);
  }

  /**
   * Writes into an answer what its caller is told: {@code traceresponse} and {@code X-Request-Id}, each where it is declared.
   * For adapters, before the headers are sent.
   *
   * @see <a href="https://w3c.github.io/trace-context/#traceresponse-header">traceresponse</a>
   */
  public <C> void answerHeaders(C answer, TextMapSetter<C> setter) {
    if (requests.rules().traceResponse() && span().getSpanContext().isValid()) {
      setter.set(answer, "traceresponse", Traceparent.format(span().getSpanContext()));
    }
    String id = requestId();
    if (id != null) {
      setter.set(answer, RequestIds.HEADER, id);
    }
  }

  /**
   * Says how long from its beginning on it is worth working on this request: calls to dependencies get no more time than is
   * left of that, and are not made when nothing is. Of several the shortest stands; without one only each call has a limit.
   * For adapters and handlers that know how long the caller waits.
   */
  public void deadline(Duration fromBeginning) {
    Duration known = DEADLINE.get(this);
    if (known == null || fromBeginning.compareTo(known) < 0) {
      DEADLINE.set(this, fromBeginning);
    }
  }

  /** Returns whether somebody said how long to work on it, and it has not ended. */
  public boolean hasDeadline() {
    return locals != null && !ended && DEADLINE.get(this) != null;
  }

  /** Returns {@link dev.nines.time.TimeSource#nanos()} when its time is over; meaningful if it has a deadline. */
  public long dueNanos() {
    Duration known = DEADLINE.get(this);
    return known == null ? startNanos + Long.MAX_VALUE : startNanos + known.toNanos();
  }

  /** Returns the HTTP status, or 0 when none was sent. */
  public int status() {
    return status;
  }

  public Outcome outcome() {
    return OUTCOMES[outcome];
  }

  /** Returns what the handler threw, or null. */
  public @Nullable Throwable error() {
    return ERROR.get(this);
  }

  /**
   * Returns OpenTelemetry's {@code error.type}: the exception's class, else the status of a bad request, {@code _OTHER} if
   * none was sent; null on success.
   */
  public @Nullable String errorType() {
    Throwable error = error();
    if (error != null) {
      return error.getClass().getName();
    }
    return outcome().bad() ? ErrorTypes.ofStatus(status) : null;
  }

  /**
   * Returns why it went wrong; null if it did not. What it threw decides; else the last guarded call that failed for it
   * without a fallback; else its status. Meaningful once ended.
   */
  public @Nullable ErrorKind errorKind() {
    return ErrorKind.of(this);
  }

  /** Hears that a guarded call of this request failed; null once a fallback took its place. */
  public void failedCall(@Nullable ErrorKind kind) {
    FAILED_CALL.set(this, kind);
  }

  @Nullable
  ErrorKind failedCall() {
    return FAILED_CALL.get(this);
  }

  /**
   * Returns whether it broke what its route promises: an error, or longer than the governing latency target, p99's where it is
   * promised, else that of the highest quantile. A lower quantile's target may be missed by many a request of a service that
   * keeps all its promises. A client's abort broke nothing. Meaningful once ended.
   */
  public boolean sloBroken() {
    return sloBroken;
  }

  /**
   * Keeps a call of this request, to be told of with it if it breaks its target and head sampling left it out; the first
   * {@value LateSpans#MOST_CALLS}. Does nothing where that is off, and for a request that has ended.
   */
  public void keep(LateCall call) {
    if (requests.keeps() && !ended && !span().getSpanContext().isSampled()) {
      chain(call);
    }
  }

  /** Without a lock: nearly every call that is kept is let go of with its request. */
  private void chain(LateCall call) {
    LateCall last;
    do {
      last = lastCall;
      if (length(last) >= LateSpans.MOST_CALLS) {
        return;
      }
      call.before(last);
    } while (!LAST_CALL.compareAndSet(this, last, call));
  }

  private static int length(@Nullable LateCall last) {
    int length = 0;
    for (LateCall call = last; call != null; call = call.before()) {
      length++;
    }
    return length;
  }

  /** Returns the calls that were kept, in the order of their ends, and lets go of them. */
  List<LateSpan> takeCalls() {
    LinkedList<LateSpan> calls = new LinkedList<>();
    for (LateCall call = (LateCall) LAST_CALL.getAndSet(this, null);
        call != null;
        call = call.before()) {
      calls.addFirst(call);
    }
    return calls;
  }

  /** Ends with a status that was sent. */
  public void end(int sentStatus) {
    end(sentStatus, Outcome.ofStatus(sentStatus), null);
  }

  /** Ends because the handler threw, or the answer broke off; {@code sentStatus} is what the client saw, 0 for nothing. */
  public void fail(int sentStatus, @Nullable Throwable thrown) {
    end(sentStatus, Outcome.SERVER_ERROR, thrown);
  }

  /** Ends because we refused to serve. */
  public void reject(int sentStatus) {
    end(sentStatus, Outcome.REJECTED, null);
  }

  /** Ends because the client went away. */
  public void abort(int sentStatus, @Nullable Throwable cause) {
    end(sentStatus, Outcome.CLIENT_ABORT, cause);
  }

  /** Returns whether it has ended. */
  public boolean hasEnded() {
    return ended;
  }

  private void end(int sentStatus, Outcome how, @Nullable Throwable thrown) {
    if (ENDED.compareAndSet(this, false, true)) {
      endNanos = requests.nanos();
      status = (short) sentStatus;
      outcome = (byte) how.ordinal();
      if (thrown != null) {
        ERROR.set(this, thrown);
      }
      sloBroken = how.bad() || how.valid() && durationNanos() > route.promisedNanos(method());
      requests.ended(this);
      carrier = null;
    }
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Exchange.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
