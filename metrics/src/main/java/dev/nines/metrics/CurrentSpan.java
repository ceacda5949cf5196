package dev.nines.metrics;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;

/** Tells the exemplars which trace a measurement belongs to: that of OpenTelemetry's current span, if it is sampled. */
final class CurrentSpan implements SpanContext {

  @Override
  public String getCurrentTraceId() {
    return Span.current().getSpanContext().getTraceId();
  }

  @Override
  public String getCurrentSpanId() {
    return Span.current().getSpanContext().getSpanId();
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return Span.current().getSpanContext().isSampled();
  }

  /** Nothing to do: the span is kept already. */
  @Override
  public void markCurrentSpanAsExemplar() {}
}
