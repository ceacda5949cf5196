package dev.nines.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * How a request enters its trace where the sampling is ours: it is decided first, and a span is made only if somebody records
 * it.
 *
 * <p>Thread-safe. What reads headers throws what their carrier throws.
 */
public final class Entrance {

  private final HeadSampling sampling;
  private final boolean exporting;
  private final TimeSourceClock clock;
  private final Tracer tracer;

  private Entrance(HeadSampling sampling, boolean exporting, TimeSourceClock clock, Tracer tracer) {
    this.sampling = sampling;
    this.exporting = exporting;
    this.clock = clock;
    this.tracer = tracer;
  }

  /**
   * Makes one.
   *
   * @param exporting whether spans leave; if they do not, none is recorded, and the decision is only handed on
   * @param spans what the spans of sampled requests are made with
   */
  static Entrance of(
      HeadSampling sampling,
      boolean exporting,
      TimeSourceClock clock,
      SdkTracerProviderBuilder spans) {
    IdGenerator ids = sampling.ratio() == 1 ? IdGenerator.random() : new SampledIds(sampling);
    Tracer tracer =
        spans.setSampler(Sampler.alwaysOn()).setIdGenerator(ids).build().get(Tracing.SCOPE);
    return new Entrance(sampling, exporting, clock, tracer);
  }

  /** Returns the caller's place in its trace, as {@link Traceparent} reads it; null if this request begins one. */
  public <C> @Nullable String caller(@Nullable C carrier, TextMapGetter<C> getter) {
    return W3cTraceContext.caller(carrier, getter);
  }

  /** Decides whether the trace is sampled; once for each request, since chance has a part in it. */
  public boolean samples(@Nullable String caller) {
    return sampling.samples(caller);
  }

  /** Returns whether a span is recorded, once that is decided. */
  public boolean records(boolean sampled) {
    return sampled && exporting;
  }

  /** Returns what the caller sent besides its place in the trace: nothing, as a rule. */
  public <C> Context parent(@Nullable String caller, @Nullable C carrier, TextMapGetter<C> getter) {
    Context parent = Propagators.baggage(carrier, getter);
    if (caller == null) {
      return parent;
    }
    TraceState state = W3cTraceContext.state(carrier, getter);
    return state.isEmpty() ? parent : new CallerSpan(parent, caller, state);
  }

  /** Returns {@code parent} with the caller's span as the current one. */
  public static Context within(Context parent, String caller) {
    return new CallerSpan(
        parent, caller, Span.fromContext(parent).getSpanContext().getTraceState());
  }

  /** Returns what makes the spans of requests that are recorded. */
  public Tracer tracer() {
    return tracer;
  }

  /** Returns the nanoseconds since 1970 when {@link dev.nines.time.TimeSource#nanos()}, a moment ago, was {@code nanos}. */
  public long epochNanos(long nanos) {
    return clock.epochNanos(nanos);
  }

  /** Draws the id of a trace that begins with this request. */
  public String traceId(boolean sampled) {
    return sampling.traceId(sampled);
  }

  /** Ids as the SDK asks for them; those of traces are sampled ones, since it is asked for no others. */
  private record SampledIds(HeadSampling sampling) implements IdGenerator {

    @Override
    public String generateSpanId() {
      return IdGenerator.random().generateSpanId();
    }

    @Override
    public String generateTraceId() {
      return sampling.traceId(true);
    }

    @Override
    public boolean generatesRandomTraceIds() {
      return true;
    }
  }
}
