package dev.nines.request;

import dev.nines.telemetry.ServiceIdentity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request from the first byte read to the response committed. Opened by {@link Requests#begin}, current in
 * OpenTelemetry's Context while the handler runs, and ended exactly once: later endings are ignored.
 *
 * <p>Ending is thread-safe. The setters belong to the adapter, before the end.
 */
public final class Exchange {

  /** The most characters of a raw path that are kept: a line of a log, and no more. */
  public static final int MAX_TARGET = 512;

  private static final ContextKey<Exchange> KEY = ContextKey.named("nines-exchange");
  private static final VarHandle ENDED = endedHandle();

  private final Requests requests;
  private final HttpMethod method;
  private final Span span;
  private final Context context;
  private final long startNanos;

  @SuppressWarnings(
      "unused") // written through ENDED: an AtomicBoolean would be one more object for each request
  private volatile boolean ended;

  private Route route;
  private @Nullable String target;
  private @Nullable String scheme;
  private @Nullable String protocol;
  private @Nullable Object client;
  private long requestBytes = -1;
  private long responseBytes = -1;

  private long endNanos;
  private int status;
  private Outcome outcome = Outcome.SUCCESS;
  private @Nullable Throwable error;

  Exchange(
      Requests requests,
      Route route,
      HttpMethod method,
      Span span,
      Context parent,
      long startNanos) {
    this.requests = requests;
    this.route = route;
    this.method = method;
    this.span = span;
    this.startNanos = startNanos;
    this.context = parent.with(span).with(KEY, this);
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
  public Context context() {
    return context;
  }

  /** Returns the service that serves it: two may live in one JVM. */
  public ServiceIdentity service() {
    return requests.service();
  }

  public Span span() {
    return span;
  }

  public HttpMethod method() {
    return method;
  }

  public Route route() {
    return route;
  }

  /** Sets the route, for adapters that learn it late; the span takes its name. */
  public void route(Route matched) {
    if (matched != route) {
      route = matched;
      span.updateName(matched.spanName(method));
    }
  }

  /** Returns the raw path as the client sent it, without its query, for log lines only; null if unknown. */
  public @Nullable String target() {
    return target;
  }

  /** Sets the raw path; what is longer than {@link #MAX_TARGET} is cut. */
  public void target(@Nullable String rawPath) {
    this.target = rawPath != null && rawPath.length() > MAX_TARGET
        ? rawPath.substring(0, MAX_TARGET)
        : rawPath;
  }

  /** Returns {@code http} or {@code https}, or null if the adapter does not know. */
  public @Nullable String scheme() {
    return scheme;
  }

  public void scheme(String name) {
    this.scheme = name;
  }

  /** Returns the protocol as in the request line, such as {@code HTTP/1.1}, or null if the adapter does not know. */
  public @Nullable String protocol() {
    return protocol;
  }

  public void protocol(String nameAndVersion) {
    this.protocol = nameAndVersion;
  }

  /** Returns the peer's address, or null. */
  public @Nullable String client() {
    return client instanceof InetSocketAddress peer ? peer.getHostString() : (String) client;
  }

  public void client(@Nullable String address) {
    this.client = address;
  }

  /** Sets the peer's address, which is made into text only when somebody asks. */
  public void client(@Nullable InetSocketAddress address) {
    this.client = address;
  }

  /** Returns how many bytes of the request's body were read, or -1 if the adapter does not know. */
  public long requestBytes() {
    return requestBytes;
  }

  public void requestBytes(long bytes) {
    this.requestBytes = bytes;
  }

  /** Returns how many bytes of the response's body were written, or -1 if the adapter does not know. */
  public long responseBytes() {
    return responseBytes;
  }

  public void responseBytes(long bytes) {
    this.responseBytes = bytes;
  }

  /** Returns {@link dev.nines.time.TimeSource#nanos()} at its beginning. */
  public long startNanos() {
    return startNanos;
  }

  /** Returns how long it took; meaningful once ended. */
  public long durationNanos() {
    return endNanos - startNanos;
  }

  /** Returns the HTTP status, or 0 when none was sent. */
  public int status() {
    return status;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Returns what the handler threw, or null. */
  public @Nullable Throwable error() {
    return error;
  }

  /**
   * Returns OpenTelemetry's {@code error.type}: the exception's class, else the status of a bad request, {@code _OTHER} if
   * none was sent; null on success.
   */
  public @Nullable String errorType() {
    if (error != null) {
      return error.getClass().getName();
    }
    return outcome.bad() ? ErrorTypes.ofStatus(status) : null;
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
      status = sentStatus;
      outcome = how;
      error = thrown;
      requests.ended(this);
    }
  }

  private static VarHandle endedHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Exchange.class, "ended", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
