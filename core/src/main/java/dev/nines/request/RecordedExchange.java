package dev.nines.request;

import dev.nines.trace.OwnContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;

/** A request whose span is OpenTelemetry's: a recording one, or whatever an OpenTelemetry of the user's own made. */
final class RecordedExchange extends Exchange implements OwnContext {

  private final Context parent;
  private final Span span;
  private final long startEpochNanos;

  /**
   * Makes one.
   *
   * @param startEpochNanos when it began, in nanoseconds since 1970; 0 if only its span knows
   */
  RecordedExchange(
      Requests requests,
      Route route,
      HttpMethod method,
      long startNanos,
      Context parent,
      Span span,
      long startEpochNanos) {
    super(requests, route, method, startNanos);
    this.parent = parent;
    this.span = span;
    this.startEpochNanos = startEpochNanos;
  }

  @Override
  public long epochNanos(long nanos) {
    return startEpochNanos == 0 ? 0 : startEpochNanos + (nanos - startNanos());
  }

  @Override
  public Context context() {
    return this;
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  public Context parent() {
    return parent;
  }

  @Override
  public ContextKey<Exchange> ownKey() {
    return KEY;
  }

  @Override
  Context callersContext() {
    return parent;
  }
}
