package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.request.RequestListener;
import dev.nines.request.Requests;
import dev.nines.request.RouteTable;
import dev.nines.request.Tenants;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.TraceRules;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Adapters under test, and all that was heard of their requests. */
final class Recorder {

  /** What was told of a handler's failure, and the trace in which it was told. */
  record Told(Event event, String traceId) {}

  final InMemorySpanExporter spans = InMemorySpanExporter.create();
  final Queue<Exchange> ended = new ConcurrentLinkedQueue<>();
  final Queue<Told> events = new ConcurrentLinkedQueue<>();
  final Requests requests;
  final HttpAdapters adapters;
  volatile boolean accepting = true;

  Recorder() {
    this(TrustedProxies.none());
  }

  Recorder(TrustedProxies proxies) {
    this(proxies, TraceRules.DEFAULT, false);
  }

  /** Makes one with an SDK of our own, which records nothing, since nothing is exported. */
  static Recorder unrecorded() {
    return new Recorder(TrustedProxies.none(), TraceRules.DEFAULT, true);
  }

  static Recorder with(TraceRules rules) {
    return new Recorder(TrustedProxies.none(), rules, false);
  }

  private Recorder(TrustedProxies proxies, TraceRules rules, boolean ours) {
    ServiceIdentity shop = new ServiceIdentity("shop", "1", "test", "one");
    OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build())
        .build();
    EventBus bus = new EventBus();
    bus.render(
        event -> events.add(new Told(event, Span.current().getSpanContext().getTraceId())));
    RequestListener listener = ended::add;
    requests = new Requests(
        shop,
        TimeSource.system(),
        ours ? Tracing.fromEnvironment(shop, Map.of(), TimeSource.system()) : Tracing.using(sdk),
        new RouteTable(ReliabilityTargets.builder().traces(rules).build()),
        Tenants.fromHeader("X-Tenant-Id"),
        List.of(listener));
    adapters = new HttpAdapters(requests, bus, proxies, () -> accepting);
  }

  /** Waits for the only exchange to end, and returns it. */
  Exchange only() {
    awaitEnded(1);
    return ended.element();
  }

  SpanData onlySpan() {
    only();
    await().until(() -> spans.getFinishedSpanItems().size() == 1);
    return spans.getFinishedSpanItems().get(0);
  }

  void awaitEnded(int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ended.size() >= count && requests.active() == 0);
    assertThat(ended).hasSize(count);
  }

  long count(Outcome outcome) {
    return ended.stream().filter(exchange -> exchange.outcome() == outcome).count();
  }

  long countAll() {
    return Stream.of(Outcome.values()).mapToLong(this::count).sum();
  }

  List<String> routes() {
    return requests.routes().all().stream().map(Object::toString).toList();
  }
}
