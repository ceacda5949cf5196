package dev.nines.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The span of whoever called this service, its place in its trace, and the context in which it is current: OpenTelemetry makes
 * four objects and two texts of that, and looks once more at each digit.
 */
final class CallerSpan implements NonRecordingSpan, SpanContext, Context {

  private final Context around;
  private final String traceparent;
  private final TraceState state;

  /**
   * Makes one.
   *
   * @param around what else came with the request
   * @param traceparent as {@link Traceparent#parse} gave it
   */
  CallerSpan(Context around, String traceparent, TraceState state) {
    this.around = around;
    this.traceparent = traceparent;
    this.state = state;
  }

  @Override
  @SuppressWarnings("unchecked") // the key is that of spans
  public <V> @Nullable V get(ContextKey<V> key) {
    return key == SpanKey.KEY ? (V) this : around.get(key);
  }

  @Override
  public <V> Context with(ContextKey<V> key, V value) {
    return around.with(SpanKey.KEY, this).with(key, value);
  }

  @Override
  public Scope makeCurrent() {
    return Context.super.makeCurrent(); // and not a span's, which needs a context around it
  }

  @Override
  public SpanContext getSpanContext() {
    return this;
  }

  @Override
  public String getTraceId() {
    return Traceparent.traceId(traceparent);
  }

  @Override
  public String getSpanId() {
    return Traceparent.parentId(traceparent);
  }

  @Override
  public TraceFlags getTraceFlags() {
    return Traceparent.flags(traceparent);
  }

  @Override
  public TraceState getTraceState() {
    return state;
  }

  @Override
  public boolean isValid() {
    return true;
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public String toString() {
    return "CallerSpan{" + traceparent + "}";
  }
}
