package dev.nines.request;

import dev.nines.trace.LateSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;

/** What the span of a request that has ended is built of. */
record LateExchange(Exchange exchange) implements LateSpan {

  @Override
  public SpanContext getSpanContext() {
    return exchange.span().getSpanContext();
  }

  @Override
  public Context parent() {
    return exchange.callersContext();
  }

  @Override
  public String spanName() {
    return exchange.route().spanName(exchange.method());
  }

  @Override
  public SpanKind spanKind() {
    return SpanKind.SERVER;
  }

  @Override
  public long startNanos() {
    return exchange.startNanos();
  }

  @Override
  public long durationNanos() {
    return exchange.durationNanos();
  }

  @Override
  public void describe(Span built) {
    ServerSpans.describeWhole(built, exchange);
  }
}
