package dev.nines.testing;

import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;

/** Spans as somebody else's instrumentation starts them, with the tracer that ours are made with. */
public final class OthersSpans {

  private OthersSpans() {}

  /** Starts the span of a request. */
  public static Span server(Tracing tracing, String name, Context parent) {
    return tracing
        .tracer()
        .spanBuilder(name)
        .setSpanKind(SpanKind.SERVER)
        .setParent(parent)
        .startSpan();
  }
}
