package dev.nines.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.TraceRules;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.ManualTime;
import dev.nines.testing.OtlpReceiver;
import dev.nines.testing.TestRequests;
import dev.nines.trace.LateCall;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that head sampling left out, against a real receiver of OTLP. */
class BrokenRequestsTest {

  private static final ServiceIdentity SHOP = new ServiceIdentity("shop", "1", "test", "one");
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Map<String, String> UNSAMPLED =
      Map.of("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-00", "tracestate", "a=1");
  private static final Duration SLOW = Duration.ofMillis(501);

  private final ManualTime time = new ManualTime();
  private final OtlpReceiver receiver = OtlpReceiver.start();

  @AfterEach
  void stop() {
    receiver.close();
  }

  private Tracing tracing(String... variables) {
    Map<String, String> environment = new HashMap<>(receiver.variables());
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return Tracing.fromEnvironment(SHOP, environment, time);
  }

  private TestRequests requests(Tracing tracing) {
    return new TestRequests(ReliabilityTargets.threeNines(), time, tracing, null);
  }

  @Test
  void anErrorAndASlowRequestAreExportedAndNoOther() {
    try (Tracing tracing = tracing("OTEL_TRACES_SAMPLER", "always_off")) {
      requests(tracing)
          .serve("GET /good", 200, 50)
          .serve("GET /missing", 404)
          .abort("GET /gone")
          .serve("GET /slow", 200, SLOW)
          .fail("GET /failed", new IllegalStateException("no"))
          .reject("GET /refused");
    }

    assertThat(receiver.spans())
        .extracting(Span::getName)
        .containsExactlyInAnyOrder("GET /slow", "GET /failed", "GET /refused");
    assertThat(receiver.spans())
        .allSatisfy(
            span -> assertThat(OtlpReceiver.attribute(span, "slo_broken")).isEqualTo("true"));
  }

  @Test
  void itIsTheSpanWhoseIdsWereHandedOn() {
    String spanId;
    try (Tracing tracing = tracing()) {
      Exchange exchange = requests(tracing).begin("GET /orders/{id}", UNSAMPLED);
      Map<String, String> sent = new HashMap<>();
      tracing.propagator().inject(exchange.context(), sent, Map::put);
      spanId = sent.get("traceparent").substring(36, 52);
      time.advance(SLOW);
      exchange.end(200);

      assertThat(sent.get("traceparent")).isEqualTo("00-" + TRACE_ID + "-" + spanId + "-00");
    }

    Span span = receiver.spans().get(0);
    assertThat(OtlpReceiver.hex(span.getTraceId())).isEqualTo(TRACE_ID);
    assertThat(OtlpReceiver.hex(span.getSpanId())).isEqualTo(spanId);
    assertThat(OtlpReceiver.hex(span.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
    assertThat(span.getTraceState()).isEqualTo("a=1");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(SLOW.toNanos());
    assertThat(span.getEndTimeUnixNano()).isEqualTo(time.now().toEpochMilli() * 1_000_000);
    assertThat(OtlpReceiver.attribute(span, "http.route")).isEqualTo("/orders/{id}");
  }

  @Test
  void aTraceThatBeginsHereKeepsTheIdsThatItsLinesHad() {
    SpanContext seen;
    try (Tracing tracing = tracing("OTEL_TRACES_SAMPLER", "always_off")) {
      Exchange exchange = requests(tracing).begin("GET /orders");
      try (Scope current = exchange.context().makeCurrent()) {
        seen = io.opentelemetry.api.trace.Span.current().getSpanContext();
        assertThat(seen.getTraceId()).isEqualTo(seen.getTraceId());
      }
      exchange.end(500);
    }

    Span span = receiver.spans().get(0);
    assertThat(OtlpReceiver.hex(span.getTraceId())).isEqualTo(seen.getTraceId());
    assertThat(OtlpReceiver.hex(span.getSpanId())).isEqualTo(seen.getSpanId());
    assertThat(span.getParentSpanId().isEmpty()).isTrue();
  }

  @Test
  void anOutageIsBoundedBySecondsAndTheRestIsCounted() {
    Map<String, Double> values = new HashMap<>();
    Instruments instruments = new Instruments();
    try (Tracing tracing = tracing("OTEL_TRACES_SAMPLER", "always_off")) {
      tracing.publishTo(instruments);
      TestRequests requests = requests(tracing).serve("GET /a", 500, 25);
      time.advance(Duration.ofSeconds(1));
      requests.serve("GET /a", 500, 4);
      instruments.renderTo(i -> values.put(i.labelValues().toString(), i.value().getAsDouble()));
    }

    assertThat(receiver.spans()).hasSize(14);
    assertThat(values).containsEntry("[broken_requests]", 15.0).containsEntry("[spans]", 0.0);
  }

  @Test
  void sampledRequestsSayThatTheyBrokeTheirTargetAndCountForNoBound() {
    try (Tracing tracing = tracing()) {
      requests(tracing).serve("GET /a", 500, 25).serve("GET /b", 200);
    }

    assertThat(receiver.spans()).hasSize(26);
    assertThat(receiver.spans())
        .filteredOn(span -> OtlpReceiver.attribute(span, "slo_broken").equals("true"))
        .hasSize(25)
        .allMatch(span -> span.getName().equals("GET /a"));
  }

  private record Call(
      SpanContext getSpanContext,
      Context parent,
      long startNanos,
      AtomicReference<@Nullable LateCall> kept)
      implements LateCall {
    @Override
    public @Nullable LateCall before() {
      return kept.get();
    }

    @Override
    public void before(@Nullable LateCall call) {
      kept.set(call);
    }

    @Override
    public String spanName() {
      return "payments";
    }

    @Override
    public SpanKind spanKind() {
      return SpanKind.CLIENT;
    }

    @Override
    public long durationNanos() {
      return 7;
    }

    @Override
    public void describe(io.opentelemetry.api.trace.Span built) {
      built.setAttribute("peer.service", "payments");
    }
  }

  private Call call(Exchange exchange, int number) {
    SpanContext ids = SpanContext.create(
        exchange.span().getSpanContext().getTraceId(),
        "%016x".formatted(number + 1),
        TraceFlags.getDefault(),
        TraceState.getDefault());
    return new Call(ids, exchange.context(), time.nanos(), new AtomicReference<>());
  }

  @Test
  void itsFirstCallsAreKeptWithIt() {
    try (Tracing tracing = tracing()) {
      TestRequests requests = requests(tracing);
      Exchange good = requests.begin("GET /good", UNSAMPLED);
      good.keep(call(good, 99));
      good.end(200);
      Exchange bad = requests.begin("GET /bad", UNSAMPLED);
      for (int i = 0; i < 40; i++) {
        bad.keep(call(bad, i));
      }
      bad.end(503);
      bad.keep(call(bad, 41));
    }

    List<Span> calls = receiver.spans().stream()
        .filter(span -> span.getName().equals("payments"))
        .toList();
    Span request = receiver.spans().stream()
        .filter(span -> span.getName().equals("GET /bad"))
        .findFirst()
        .orElseThrow();
    assertThat(receiver.spans()).hasSize(33);
    assertThat(calls).hasSize(32).allSatisfy(span -> {
      assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
      assertThat(span.getTraceId()).isEqualTo(request.getTraceId());
      assertThat(OtlpReceiver.attribute(span, "peer.service")).isEqualTo("payments");
    });
    assertThat(calls.get(0).getEndTimeUnixNano() - calls.get(0).getStartTimeUnixNano())
        .isEqualTo(7);
  }

  @Test
  void noneIsKeptWhereTheRuleSaysSo() {
    TraceRules none = new TraceRules(TraceRules.Trust.CALLERS, BigDecimal.ZERO, false, false);
    try (Tracing tracing = Tracing.fromEnvironment(SHOP, receiver.variables(), time, none)) {
      requests(tracing).begin("GET /bad", UNSAMPLED).end(500);

      assertThat(tracing.whyNothingIsKept()).isPresent();
    }

    assertThat(receiver.spans()).isEmpty();
  }

  @Test
  void anOpenTelemetryOfTheUsersKeepsThemThroughItsOwnProcessor() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    var processor = SimpleSpanProcessor.create(spans);
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
            .addSpanProcessor(processor)
            .build())
        .build();
    Tracing tracing =
        Tracing.using(sdk, processor, Resource.getDefault(), time, TraceRules.DEFAULT);
    Exchange bad = requests(tracing).begin("GET /bad", UNSAMPLED);
    bad.end(500);
    requests(tracing).begin("GET /good", UNSAMPLED).end(200);

    assertThat(spans.getFinishedSpanItems()).singleElement().satisfies(span -> {
      assertThat(span.getSpanId()).isEqualTo(bad.span().getSpanContext().getSpanId());
      assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    });
    assertThat(tracing.whyNothingIsKept()).isEmpty();
    assertThat(Tracing.using(sdk).whyNothingIsKept()).get().asString().contains("processor");
  }
}
