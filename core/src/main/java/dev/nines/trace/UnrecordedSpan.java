package dev.nines.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/**
 * A span that nobody records, the place in the trace that it stands for, and the context in which it is current: all in the
 * object whose span it is, a request or a call.
 *
 * <p>Most requests of a sampled service are such. OpenTelemetry makes a builder, a span, a span's context, two contexts and
 * three texts for each of them, some 500 bytes that nobody reads; here ids are drawn and written as text when somebody asks:
 * a log line, a header that goes out.
 *
 * <p>A call's span is in the trace of its {@link #parent}; the request, which begins it, says which that is.
 */
public interface UnrecordedSpan extends OwnContext, NonRecordingSpan, SpanContext {

  /** Returns whether the span that is current in {@code context} is unrecorded: then so are all those below it. */
  static boolean isIn(Context context) {
    return Span.fromContext(context) instanceof UnrecordedSpan;
  }

  @Override
  default Span span() {
    return this;
  }

  @Override
  default Scope makeCurrent() {
    return OwnContext.super.makeCurrent(); // and not a span's, which needs a context around it
  }

  @Override
  default SpanContext getSpanContext() {
    return this;
  }

  @Override
  default String getTraceId() {
    return within().getTraceId();
  }

  @Override
  default TraceFlags getTraceFlags() {
    return within().getTraceFlags();
  }

  @Override
  default TraceState getTraceState() {
    return within().getTraceState();
  }

  /** Returns the place of the span that this one is in. */
  default SpanContext within() {
    return Span.fromContext(parent()).getSpanContext();
  }

  @Override
  default boolean isValid() {
    return true;
  }

  @Override
  default boolean isRemote() {
    return false;
  }
}
