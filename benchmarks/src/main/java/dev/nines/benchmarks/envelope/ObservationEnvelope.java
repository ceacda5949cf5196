package dev.nines.benchmarks.envelope;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Arrays;

/** What Spring Boot's Actuator puts together: Observation, Micrometer Tracing's bridge to OpenTelemetry, resilience4j. */
final class ObservationEnvelope implements Envelope {

  private final SilentReceiver receiver = new SilentReceiver();
  private final SdkTracerProvider spans = SdkTracerProvider.builder()
      .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
      .addSpanProcessor(receiver.processor())
      .build();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ObservationRegistry observations = ObservationRegistry.create();
  private final CircuitBreaker breaker = CircuitBreaker.ofDefaults(DEPENDENCY);
  private final Lines lines;

  ObservationEnvelope(boolean line) {
    this.lines = line ? Lines.logstash() : Lines.none();
    io.opentelemetry.api.trace.Tracer otel = spans.get("benchmark");
    OtelCurrentTraceContext current = new OtelCurrentTraceContext();
    Slf4JEventListener mdc = new Slf4JEventListener();
    Tracer tracer = new OtelTracer(otel, current, mdc::onEvent);
    OtelPropagator propagator = new OtelPropagator(
        ContextPropagators.create(W3CTraceContextPropagator.getInstance()), otel);
    if (line) {
      io.opentelemetry.context.ContextStorage.addWrapper(
          new io.micrometer.tracing.otel.bridge.EventPublishingContextWrapper(mdc::onEvent));
    }
    meters.config().meterFilter(bounds());
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(meters))
        .observationHandler(new FirstMatchingCompositeObservationHandler(
            new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
            new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
            new DefaultTracingObservationHandler(tracer)));
  }

  private static MeterFilter bounds() {
    double[] nanos =
        Arrays.stream(Bounds.durations()).mapToDouble(Duration::toNanos).toArray();
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig config) {
        return DistributionStatisticConfig.builder()
            .serviceLevelObjectives(nanos)
            .build()
            .merge(config);
      }
    };
  }

  @Override
  public int serve(Incoming headers, Downstream downstream) throws Exception {
    ReceiverContext<Incoming> request =
        new ReceiverContext<>((carrier, key) -> Incoming.GETTER.get(carrier, key));
    request.setCarrier(headers);
    long begin = System.nanoTime();
    Observation observation = Observation.createNotStarted(
            "http.server.request.duration", () -> request, observations)
        .contextualName(SPAN)
        .lowCardinalityKeyValues(KeyValues.of(
            KeyValue.of("http.request.method", "GET"), KeyValue.of("http.route", ROUTE)));
    observation.start();
    try (Observation.Scope current = observation.openScope()) {
      int status = breaker.executeCallable(() -> call(downstream));
      observation.lowCardinalityKeyValue("http.response.status_code", "200");
      lines.writeWithMdc(status, System.nanoTime() - begin);
      return status;
    } finally {
      observation.stop();
    }
  }

  private int call(Downstream downstream) {
    SenderContext<Downstream> call =
        new SenderContext<>((carrier, key, value) -> Downstream.SETTER.set(carrier, key, value));
    call.setCarrier(downstream);
    return Observation.createNotStarted("http.client.request.duration", () -> call, observations)
        .contextualName("GET")
        .lowCardinalityKeyValue("http.request.method", "GET")
        .lowCardinalityKeyValue("http.response.status_code", "200")
        .observe(downstream::answer);
  }

  @Override
  public void close() {
    lines.close();
    receiver.close();
    spans.close();
    meters.close();
  }
}
