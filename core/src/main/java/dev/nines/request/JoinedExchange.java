package dev.nines.request;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;

/**
 * A request that another instrumentation has a span for already. That one stays the current span and is named, described and
 * ended by who opened it; what is ours are its ids.
 */
final class JoinedExchange extends Exchange {

  private final Context callers;
  private final Span span;
  private final Context context;

  /**
   * Makes one.
   *
   * @param callers what the caller's span is current in
   * @param around what the request's own span is current in
   */
  JoinedExchange(
      Requests requests,
      Route route,
      HttpMethod method,
      long startNanos,
      Context callers,
      Context around) {
    super(requests, route, method, startNanos);
    this.callers = callers;
    this.span = Span.wrap(Span.fromContext(around).getSpanContext());
    this.context = around.with(KEY, this);
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
    return callers;
  }
}
