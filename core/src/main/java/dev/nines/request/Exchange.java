package dev.nines.request;

import dev.nines.telemetry.ServiceIdentity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request from the first byte read to the response committed. Opened by {@link Requests#begin}, current in
 * OpenTelemetry's Context while the handler runs, and ended exactly once: later endings are ignored.
 *
 * <p>Ending is thread-safe. The setters belong to the adapter, before the end.
 */
public final class Exchange {

  private static final ContextKey<Exchange> KEY = ContextKey.named("nines-exchange");

  private final Requests requests;
  private final HttpMethod method;
  private final Span span;
  private final Context context;
  private final long startNanos;
  private final AtomicBoolean ended = new AtomicBoolean();

  private Route route;
  private @Nullable String target;
  private @Nullable String client;
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

  /** Sets the route, for adapters that learn it late. */
  public void route(Route matched) {
    this.route = matched;
  }

  /** Returns the raw path as the client sent it, without its query, for log lines only; null if unknown. */
  public @Nullable String target() {
    return target;
  }

  public void target(@Nullable String rawPath) {
    this.target = rawPath;
  }

  /** Returns the peer's address, or null. */
  public @Nullable String client() {
    return client;
  }

  public void client(@Nullable String address) {
    this.client = address;
  }

  /** Returns the size of the request's body, or -1. */
  public long requestBytes() {
    return requestBytes;
  }

  public void requestBytes(long bytes) {
    this.requestBytes = bytes;
  }

  /** Returns the size of the response's body, or -1. */
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

  /** Returns OpenTelemetry's {@code error.type}: the exception's class, else the status of a 5xx; null on success. */
  public @Nullable String errorType() {
    if (error != null) {
      return error.getClass().getName();
    }
    return outcome.bad() ? Integer.toString(status) : null;
  }

  /** Ends with a status that was sent. */
  public void end(int sentStatus) {
    end(
        sentStatus,
        sentStatus >= 500
            ? Outcome.SERVER_ERROR
            : sentStatus >= 400 ? Outcome.CLIENT_ERROR : Outcome.SUCCESS,
        null);
  }

  /** Ends because the handler threw; {@code sentStatus} is what the client saw, 500 as a rule. */
  public void fail(int sentStatus, Throwable thrown) {
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
    return ended.get();
  }

  private void end(int sentStatus, Outcome how, @Nullable Throwable thrown) {
    if (ended.compareAndSet(false, true)) {
      endNanos = requests.nanos();
      status = sentStatus;
      outcome = how;
      error = thrown;
      requests.ended(this);
    }
  }
}
