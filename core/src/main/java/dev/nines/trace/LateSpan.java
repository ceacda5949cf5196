package dev.nines.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;

/** What a span can be built of after its end, by {@link LateSpans}, though nobody recorded it meanwhile. */
public interface LateSpan {

  /** Returns the ids that it had. */
  SpanContext getSpanContext();

  /** Returns the context within which it was opened; the span there is its parent. */
  Context parent();

  String spanName();

  SpanKind spanKind();

  /** Returns {@link dev.nines.time.TimeSource#nanos()} at its beginning. */
  long startNanos();

  /** Returns how long it took. */
  long durationNanos();

  /** Writes attributes, status and events into the span that is built. */
  void describe(Span built);
}
