package dev.nines.benchmarks.parts;

import dev.nines.Nines;
import dev.nines.benchmarks.Promises;
import dev.nines.benchmarks.envelope.Incoming;
import dev.nines.metrics.GoldenSignals;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Requests;
import dev.nines.request.Route;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A request from its begin to its end that calls nobody and is not sampled, beside a span of OpenTelemetry's and a cached timer. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class ExchangeBenchmark {

  private final Incoming headers = Incoming.of(false);
  private final Nines nines = Nines.builder("benchmark")
      .targets(Promises.closingAtOnce())
      .install(GoldenSignals.prometheus())
      .withoutShutdownHook()
      .start();
  private final Requests requests = nines.http().requests();
  private final Route route = requests.routes().route("/orders/{id}");
  private final SdkTracerProvider spans = SdkTracerProvider.builder().build();
  private final Tracer tracer = spans.get("benchmark");
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer timer = Timer.builder("http.server.request.duration")
      .tags("http.request.method", "GET", "http.route", "/orders/{id}")
      .serviceLevelObjectives(Duration.ofMillis(200), Duration.ofMillis(500))
      .register(registry);

  @TearDown
  public void stop() {
    nines.close();
    spans.close();
    registry.close();
  }

  @Benchmark
  public int nines() {
    Exchange exchange = requests.begin(HttpMethod.GET, route, headers, Incoming.GETTER);
    try (Scope current = exchange.context().makeCurrent()) {
      exchange.end(200);
    }
    return exchange.status();
  }

  @Benchmark
  public Span spanAndTimer() {
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, Incoming.GETTER);
    long begin = System.nanoTime();
    Span span = tracer
        .spanBuilder("GET /orders/{id}")
        .setParent(parent)
        .setSpanKind(SpanKind.SERVER)
        .startSpan();
    try (Scope current = parent.with(span).makeCurrent()) {
      timer.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }
    span.end();
    return span;
  }
}
