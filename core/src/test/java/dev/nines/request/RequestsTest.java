package dev.nines.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.HeardSampler;
import dev.nines.testing.ManualTime;
import dev.nines.testing.OthersSpans;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private static final ServiceIdentity SHOP = new ServiceIdentity("shop", "1", "test", "one");

  private final ManualTime time = new ManualTime();
  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final RouteTable routes = new RouteTable(ReliabilityTargets.threeNines());

  private enum NoHeaders implements TextMapGetter<String> {
    GETTER;

    @Override
    public Iterable<String> keys(String carrier) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return null;
    }
  }

  private Tracing recording(SpanProcessor processor) {
    return Tracing.using(OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder().addSpanProcessor(processor).build())
        .build());
  }

  private Requests requests(RequestListener... listeners) {
    return requests(time, listeners);
  }

  private Requests requests(TimeSource clock, RequestListener... listeners) {
    return new Requests(
        SHOP, clock, recording(SimpleSpanProcessor.create(spans)), routes, List.of(listeners));
  }

  private Exchange begin(Requests requests, String template) {
    return requests.begin(HttpMethod.GET, routes.route(template), null, NoHeaders.GETTER);
  }

  @Test
  void samplersOfTheUsersAreToldMethodAndRoute() {
    HeardSampler sampler = new HeardSampler();
    Tracing asking = Tracing.using(OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().setSampler(sampler).build())
        .build());
    Requests requests = new Requests(SHOP, time, asking, routes, List.of());

    begin(requests, "/orders").end(200);
    begin(requests, Route.OTHER).end(404);

    assertThat(sampler.heard())
        .containsExactly(
            Map.of("http.request.method", "GET", "http.route", "/orders"),
            Map.of("http.request.method", "GET"));
  }

  @Test
  void aRouteThatIsLearntLateTakesThePlaceOfTheFirstInTheSpanAlsoIfItIsNone() {
    Exchange exchange = begin(requests(), "/orders");
    exchange.route(routes.other());
    exchange.end(404);

    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(span.getName()).isEqualTo("GET");
    assertThat(span.getAttributes().get(AttributeKey.stringKey("http.route")))
        .isEqualTo(Route.OTHER);
  }

  @Test
  void listenersHearInTheirOrderWithTheExchangeCurrent() {
    List<String> heard = new ArrayList<>();
    Requests requests = requests(new Hearing("budget", heard), new Hearing("metrics", heard));

    begin(requests, "/orders").end(200);

    assertThat(heard)
        .containsExactly("budget started", "metrics started", "budget SUCCESS", "metrics SUCCESS");
    assertThat(Exchange.current()).isNull();
  }

  private record Hearing(String name, List<String> heard) implements RequestStartListener {
    @Override
    public void started(Exchange exchange) {
      assertThat(Exchange.current()).isSameAs(exchange);
      heard.add(name + " started");
    }

    @Override
    public void ended(Exchange exchange) {
      assertThat(Exchange.current()).isSameAs(exchange);
      heard.add(name + " " + exchange.outcome());
    }
  }

  @Test
  void aListenersFailureReachesNeitherTheRequestNorItsNeighbours() {
    List<String> heard = new ArrayList<>();
    RequestListener failing = exchange -> {
      throw new NoClassDefFoundError("gone");
    };
    Requests requests = requests(failing, new Hearing("logging", heard));

    begin(requests, "/orders").end(200);
    begin(requests, "/orders").end(500);

    assertThat(heard).contains("logging SUCCESS", "logging SERVER_ERROR");
    assertThat(requests.listenerFailures()).isEqualTo(2);
    assertThat(requests.active()).isZero();
  }

  @Test
  void lossesArePublished() {
    Map<String, Double> values = new HashMap<>();
    Instruments instruments = new Instruments();
    Requests requests = requests(exchange -> {
      throw new IllegalStateException("no");
    });
    requests.publishTo(instruments);
    begin(requests, "/orders").end(200);
    routes.fold();

    instruments.renderTo(
        i -> values.put(i.metric().name() + i.labelValues(), i.value().getAsDouble()));

    assertThat(values)
        .containsEntry("nines_telemetry_dropped_total[listener]", 1.0)
        .containsEntry("nines_routes_folded_total[]", 1.0);
  }

  @Test
  void ofManyEndingsOnlyTheFirstCounts() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    Requests requests = requests(exchange -> ended.incrementAndGet());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 2_000; i++) {
      Exchange exchange = begin(requests, "/orders");
      CountDownLatch go = new CountDownLatch(1);
      List<Runnable> endings = List.of(
          () -> exchange.end(200),
          () -> exchange.fail(500, new IllegalStateException()),
          () -> exchange.abort(0, null),
          () -> exchange.reject(503));
      var all = endings.stream()
          .map(ending -> threads.submit(() -> {
            go.await();
            ending.run();
            return null;
          }))
          .toList();
      go.countDown();
      for (var one : all) {
        one.get();
      }
    }
    threads.shutdownNow();

    assertThat(ended).hasValue(2_000);
    assertThat(requests.active()).isZero();
  }

  @Test
  void theClockIsReadTwice() {
    AtomicInteger reads = new AtomicInteger();
    Requests requests = requests(new TimeSource() {
      @Override
      public long nanos() {
        return reads.incrementAndGet();
      }

      @Override
      public Instant now() {
        throw new AssertionError("the date is nobody's business here");
      }
    });

    begin(requests, "/orders").end(200);

    assertThat(reads).hasValue(2);
  }

  @Test
  void theDurationIsWhatTheClockSays() {
    Exchange exchange = begin(requests(), "/orders");
    time.advance(Duration.ofMillis(120));
    exchange.end(200);
    time.advance(Duration.ofMillis(120));
    exchange.end(200);

    assertThat(exchange.durationNanos()).isEqualTo(120_000_000);
  }

  @Test
  void theSpanTellsOfRequestAndAnswerByTheConventions() {
    Exchange exchange = begin(requests(), "/orders/{id}");
    exchange.target("/orders/7");
    exchange.scheme("https");
    exchange.protocol("HTTP/1.1");
    exchange.fail(500, new IllegalStateException("x"));

    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(span.getName()).isEqualTo("GET /orders/{id}");
    assertThat(attributes(span))
        .containsEntry("http.request.method", "GET")
        .containsEntry("http.route", "/orders/{id}")
        .containsEntry("url.path", "/orders/7")
        .containsEntry("url.scheme", "https")
        .containsEntry("network.protocol.version", "1.1")
        .containsEntry("http.response.status_code", 500L)
        .containsEntry("error.type", "java.lang.IllegalStateException");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getEvents()).singleElement().satisfies(e -> assertThat(e.getName())
        .isEqualTo("exception"));
  }

  private static Map<String, Object> attributes(SpanData span) {
    Map<String, Object> attributes = new HashMap<>();
    span.getAttributes()
        .forEach((AttributeKey<?> key, Object value) -> attributes.put(key.getKey(), value));
    return attributes;
  }

  @Test
  void aClientsErrorLeavesTheSpansStatusAlone() {
    begin(requests(), Route.OTHER).end(404);

    SpanData span = spans.getFinishedSpanItems().get(0);
    assertThat(span.getName()).isEqualTo("GET");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(attributes(span)).doesNotContainKeys("http.route", "error.type");
  }

  @Test
  void aRouteThatIsLearntLateNamesTheSpan() {
    Exchange exchange = begin(requests(), Route.OTHER);
    exchange.route(routes.route("/orders/{id}"));
    exchange.end(200);

    assertThat(spans.getFinishedSpanItems().get(0).getName()).isEqualTo("GET /orders/{id}");
  }

  @Test
  void aSpanProcessorThatFailsHarmsNoRequest() {
    Tracing failing = recording(new SpanProcessor() {
      @Override
      public void onStart(Context parent, ReadWriteSpan span) {
        throw new IllegalStateException("start");
      }

      @Override
      public boolean isStartRequired() {
        return true;
      }

      @Override
      public void onEnd(ReadableSpan span) {}

      @Override
      public boolean isEndRequired() {
        return false;
      }
    });
    List<Outcome> heard = new ArrayList<>();
    RequestListener listener = ended -> heard.add(ended.outcome());
    Requests requests = new Requests(SHOP, time, failing, routes, List.of(listener));

    Exchange exchange = begin(requests, "/orders");
    exchange.end(200);

    assertThat(exchange.span()).isSameAs(Span.getInvalid());
    assertThat(failing.droppedSpans()).isEqualTo(1);
    assertThat(requests.active()).isZero();
    assertThat(heard).containsExactly(Outcome.SUCCESS);
  }

  @Test
  void aPathWithoutEndIsCut() {
    Exchange exchange = begin(requests(), "/orders");
    exchange.target("/" + "x".repeat(100_000));

    assertThat(exchange.target()).hasSize(Exchange.MAX_TARGET);
  }

  @Test
  void anOpenServerSpanOfOthersIsJoinedAndLeftToThem() {
    Tracing tracing = recording(SimpleSpanProcessor.create(spans));
    Requests requests = new Requests(SHOP, time, tracing, routes, List.of());
    Span theirs = OthersSpans.server(tracing, "GET", Context.root());

    try (Scope current = theirs.makeCurrent()) {
      Exchange exchange = begin(requests, "/orders");
      assertThat(exchange.span().getSpanContext()).isEqualTo(theirs.getSpanContext());
      assertThat(Span.fromContext(exchange.context())).isSameAs(theirs);
      exchange.route(routes.route("/orders/{id}"));
      exchange.fail(500, new IllegalStateException());
      assertThat(exchange.hasEnded()).isTrue();
    }

    assertThat(spans.getFinishedSpanItems()).isEmpty();
    theirs.end();
    assertThat(spans.getFinishedSpanItems()).singleElement().satisfies(span -> assertThat(span)
        .returns("GET", SpanData::getName)
        .returns(0, SpanData::getTotalAttributeCount));
  }

  @Test
  void aSpanThatSomebodyForgotIsNotTheRequests() {
    Tracing tracing = recording(SimpleSpanProcessor.create(spans));
    Requests requests = new Requests(SHOP, time, tracing, routes, List.of());
    Span internal =
        tracing.tracer().spanBuilder("leaked").setParent(Context.root()).startSpan();
    Span ended = OthersSpans.server(tracing, "GET", Context.root());
    ended.end();

    for (Span leaked : List.of(internal, ended)) {
      try (Scope current = leaked.makeCurrent()) {
        assertThat(begin(requests, "/orders").span().getSpanContext().getTraceId())
            .isNotEqualTo(leaked.getSpanContext().getTraceId());
      }
    }
  }

  @Test
  void whereItIsVouchedForAnyLocalSpanIsTheRequests() {
    Tracing tracing = recording(SimpleSpanProcessor.create(spans));
    Requests requests = new Requests(SHOP, time, tracing, routes, null, true, List.of());
    SpanContext agents = SpanContext.create(
        "0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331",
        TraceFlags.getDefault(),
        TraceState.getDefault());

    try (Scope current = Span.wrap(agents).makeCurrent()) {
      assertThat(begin(requests, "/orders").span().getSpanContext()).isEqualTo(agents);
    }
    SpanContext remote = SpanContext.createFromRemoteParent(
        agents.getTraceId(), agents.getSpanId(), agents.getTraceFlags(), agents.getTraceState());
    try (Scope current = Span.wrap(remote).makeCurrent()) {
      assertThat(begin(requests, "/orders").span().getSpanContext().getSpanId())
          .isNotEqualTo(agents.getSpanId());
    }
  }
}
