package dev.nines.benchmarks.envelope;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The leanest direct use of OpenTelemetry, cached Micrometer timers and resilience4j: what an expert writes by hand. */
final class LeanEnvelope implements Envelope {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE_KEY = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final long P95 = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long P99 = TimeUnit.MILLISECONDS.toNanos(500);

  private final SilentReceiver receiver = new SilentReceiver();
  private final SdkTracerProvider spans = SdkTracerProvider.builder()
      .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
      .addSpanProcessor(receiver.processor())
      .build();
  private final Tracer tracer = spans.get("benchmark");
  private final W3CTraceContextPropagator propagator = W3CTraceContextPropagator.getInstance();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer server = timer("http.server.request.duration");
  private final Timer client = timer("http.client.request.duration");
  private final LongAdder active = new LongAdder();
  private final LongAdder[] good = {new LongAdder(), new LongAdder(), new LongAdder()};
  private final LongAdder[] bad = {new LongAdder(), new LongAdder(), new LongAdder()};
  private final CircuitBreaker breaker = CircuitBreaker.of(
      DEPENDENCY,
      CircuitBreakerConfig.custom()
          .slidingWindow(
              10,
              100,
              CircuitBreakerConfig.SlidingWindowType.TIME_BASED,
              CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
          .build());
  private final Lines lines;

  LeanEnvelope(boolean line) {
    this.lines = line ? Lines.composite() : Lines.none();
  }

  private Timer timer(String name) {
    return Timer.builder(name)
        .tags("http.request.method", "GET", "http.route", ROUTE, "http.response.status_code", "200")
        .serviceLevelObjectives(Bounds.durations())
        .register(registry);
  }

  @Override
  public int serve(Incoming headers, Downstream downstream) {
    Context parent = propagator.extract(Context.root(), headers, Incoming.GETTER);
    long begin = System.nanoTime();
    Span span = tracer
        .spanBuilder(SPAN)
        .setParent(parent)
        .setSpanKind(SpanKind.SERVER)
        .setAttribute(METHOD, "GET")
        .setAttribute(ROUTE_KEY, ROUTE)
        .startSpan();
    active.increment();
    int status;
    try (Scope current = parent.with(span).makeCurrent()) {
      status = call(downstream);
      long nanos = System.nanoTime() - begin;
      server.record(nanos, TimeUnit.NANOSECONDS);
      count(0, true);
      count(1, nanos <= P95);
      count(2, nanos <= P99);
      lines.write(span, status, nanos);
    }
    if (span.isRecording()) {
      span.setAttribute(STATUS, status);
    }
    span.end();
    active.decrement();
    return status;
  }

  private int call(Downstream downstream) {
    breaker.acquirePermission();
    long begin = breaker.getCurrentTimestamp();
    Span span = tracer.spanBuilder("GET").setSpanKind(SpanKind.CLIENT).startSpan();
    try (Scope current = span.makeCurrent()) {
      if (downstream.traced) {
        propagator.inject(Context.current(), downstream, Downstream.SETTER);
      }
      int status = downstream.answer();
      long nanos = breaker.getCurrentTimestamp() - begin;
      breaker.onSuccess(nanos, breaker.getTimestampUnit());
      client.record(nanos, TimeUnit.NANOSECONDS);
      if (span.isRecording()) {
        span.setAttribute(STATUS, status);
      }
      return status;
    } finally {
      span.end();
    }
  }

  private void count(int objective, boolean met) {
    (met ? good : bad)[objective].increment();
  }

  @Override
  public void close() {
    lines.close();
    receiver.close();
    spans.close();
    registry.close();
  }
}
