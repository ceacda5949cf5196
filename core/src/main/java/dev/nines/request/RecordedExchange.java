package dev.nines.request;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/** A request whose span is OpenTelemetry's: a recording one, or whatever an OpenTelemetry of the user's own made. */
final class RecordedExchange extends Exchange {

  private final Context parent;
  private final Span span;
  private final Context context;

  RecordedExchange(
      Requests requests,
      Route route,
      HttpMethod method,
      long startNanos,
      Context parent,
      Span span) {
    super(requests, route, method, startNanos);
    this.parent = parent;
    this.span = span;
    this.context = parent.with(span).with(KEY, this);
  }

  @Override
  public Context context() {
    return context;
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  Context callersContext() {
    return parent;
  }
}
