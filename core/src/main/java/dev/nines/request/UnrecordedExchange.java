package dev.nines.request;

import dev.nines.trace.Entrance;
import dev.nines.trace.Traceparent;
import dev.nines.trace.UnrecordedSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A request whose span nobody records, and that span. Its ids become text when somebody asks for them first, and then stay
 * what they are.
 */
final class UnrecordedExchange extends Exchange implements UnrecordedSpan {

  private final Context parent;
  private final @Nullable String caller;
  private final boolean sampled;
  private volatile @Nullable String traceId;
  private volatile @Nullable String spanId;

  /**
   * Makes one.
   *
   * @param parent what came with the request besides its place in the trace
   * @param caller as {@link Traceparent} reads it; null if the trace begins here
   * @param sampled whether the trace is, although no span is recorded here
   */
  UnrecordedExchange(
      Requests requests,
      Route route,
      HttpMethod method,
      long startNanos,
      Context parent,
      @Nullable String caller,
      boolean sampled) {
    super(requests, route, method, startNanos);
    this.parent = parent;
    this.caller = caller;
    this.sampled = sampled;
  }

  @Override
  public Context context() {
    return this;
  }

  @Override
  public Span span() {
    return this;
  }

  @Override
  public Context parent() {
    return parent;
  }

  @Override
  Context callersContext() {
    return caller == null ? parent : Entrance.within(parent, caller);
  }

  @Override
  public ContextKey<Exchange> ownKey() {
    return KEY;
  }

  @Override
  public String getTraceId() {
    String known = traceId;
    return known != null ? known : nameTrace();
  }

  @Override
  public String getSpanId() {
    String known = spanId;
    return known != null ? known : drawSpanId();
  }

  private synchronized String nameTrace() {
    String known = traceId;
    if (known == null) {
      known = caller == null ? requests().newTraceId(sampled) : Traceparent.traceId(caller);
      traceId = known;
    }
    return known;
  }

  private synchronized String drawSpanId() {
    String known = spanId;
    if (known == null) {
      known = IdGenerator.random().generateSpanId();
      spanId = known;
    }
    return known;
  }

  @Override
  public TraceFlags getTraceFlags() {
    return Traceparent.flags(caller, sampled);
  }
}
