package dev.nines.trace;

import dev.nines.targets.TraceRules;
import dev.nines.time.Allowance;
import dev.nines.time.TimeSource;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Builds spans of requests that head sampling left out, once it shows that they should have been kept. Their ids are those
 * that log lines and calls have carried all the time. At most so many requests a second, for an outage makes every request
 * one that broke its target; the others are counted.
 *
 * <p>Thread-safe.
 */
public final class LateSpans {

  /** Spans below that of a request that are kept with it, at most; the later ones are not. */
  public static final int MOST_CALLS = 32;

  private final TimeSourceClock clock;
  private final Allowance allowance;
  private final KnownIds ids = new KnownIds();
  private final Tracer tracer;
  private final LongAdder omitted = new LongAdder();

  /** Returns what keeps as many as the rules say, null if that is none. */
  static @Nullable LateSpans of(TraceRules rules, TimeSource time, SdkTracerProviderBuilder spans) {
    int perSecond = rules.keepBroken().intValueExact();
    return perSecond == 0 ? null : new LateSpans(time, perSecond, spans);
  }

  private LateSpans(TimeSource time, int perSecond, SdkTracerProviderBuilder spans) {
    this.clock = new TimeSourceClock(time);
    this.allowance = new Allowance(perSecond, time);
    this.tracer =
        spans.setSampler(Sampler.alwaysOn()).setIdGenerator(ids).build().get(Tracing.SCOPE);
  }

  /** Returns whether there is room for another request in this second; counts one for which there is none. */
  public boolean admit() {
    boolean admitted = allowance.take(1) == 1;
    if (!admitted) {
      omitted.increment();
    }
    return admitted;
  }

  /** Builds a span that has ended, and hands it to the exporter. */
  public void build(LateSpan late) {
    long start = clock.now() - (clock.nanoTime() - late.startNanos());
    Span span = start(late, start);
    late.describe(span);
    span.end(start + late.durationNanos(), TimeUnit.NANOSECONDS);
  }

  /** One at a time, because the SDK asks for ids without saying for which span. */
  private synchronized Span start(LateSpan late, long epochNanos) {
    ids.known = late.getSpanContext();
    try {
      return tracer
          .spanBuilder(late.spanName())
          .setSpanKind(late.spanKind())
          .setParent(late.parent())
          .setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS)
          .startSpan();
    } finally {
      ids.known = SpanContext.getInvalid();
    }
  }

  /** Returns how many requests were not kept, because there were too many in their second. */
  public long omitted() {
    return omitted.sum();
  }

  private static final class KnownIds implements IdGenerator {

    private SpanContext known = SpanContext.getInvalid();

    @Override
    public String generateSpanId() {
      return known.getSpanId();
    }

    @Override
    public String generateTraceId() {
      return known.getTraceId();
    }

    @Override
    public boolean generatesRandomTraceIds() {
      return known.getTraceFlags().isTraceIdRandom();
    }
  }
}
