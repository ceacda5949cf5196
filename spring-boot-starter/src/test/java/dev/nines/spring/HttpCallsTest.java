package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.CallOutcome;
import dev.nines.dependency.DeadlineExceededException;
import dev.nines.dependency.Guard;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.ImportHttpServices;

/** Calls of every client that Boot's builders build, to a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpCallsTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final SpanContext CALLER = SpanContext.createFromRemoteParent(
      TRACE_ID, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @ImportHttpServices(group = "payments", types = Api.class)
  static class Caller {

    @Bean
    EndedCalls endedCalls() {
      return new EndedCalls();
    }

    @Bean
    KeptSpans keptSpans() {
      return new KeptSpans();
    }

    @Bean
    OpenTelemetry openTelemetry(KeptSpans spans) {
      return spans.openTelemetry();
    }
  }

  interface Api {
    @GetExchange("/ok")
    String ok();
  }

  /** Every kind of client, as what asks a URL and returns the body. */
  enum Client {
    REST_CLIENT(context -> {
      RestClient client = context.getBean(RestClient.Builder.class).build();
      return url -> client.get().uri(url).retrieve().body(String.class);
    }),
    REST_TEMPLATE(context -> {
      RestTemplate template = context.getBean(RestTemplateBuilder.class).build();
      return url -> template.getForObject(url, String.class);
    }),
    WEB_CLIENT(context -> {
      WebClient client = context.getBean(WebClient.Builder.class).build();
      return url -> client.get().uri(url).retrieve().bodyToMono(String.class).block();
    });

    private final java.util.function.Function<ApplicationContext, UnaryOperator<String>> made;

    Client(java.util.function.Function<ApplicationContext, UnaryOperator<String>> made) {
      this.made = made;
    }
  }

  private Peer peer;
  private Peer stranger;
  private RunningService service;
  private final Map<Client, UnaryOperator<String>> clients = new TreeMap<>();
  private EndedCalls calls;
  private KeptSpans spans;

  @BeforeAll
  void start() {
    peer = new Peer();
    stranger = new Peer();
    service = RunningService.withoutWeb(
        List.of(Caller.class),
        "--nines.dependencies.payments.required=false",
        "--nines.dependencies.payments.url=" + peer.url("/status"),
        "--nines.dependencies.payments.deadline=1m",
        "--nines.dependencies.stock.required=false",
        "--nines.dependencies.stock.addresses=" + peer.url("/stock"),
        "--nines.dependencies.stock.idempotent=true",
        "--nines.dependencies.stock.deadline=1m",
        "--nines.dependencies.archive.required=false",
        "--nines.dependencies.archive.addresses=" + peer.url("/archive"),
        "--nines.dependencies.archive.deadline=100ms",
        "--nines.dependencies.named.required=false",
        "--nines.dependencies.named.deadline=1m",
        "--spring.http.serviceclient.payments.base-url=" + peer.url(""));
    for (Client client : Client.values()) {
      clients.put(client, client.made.apply(service.context()));
    }
    calls = service.context().getBean(EndedCalls.class);
    spans = service.context().getBean(KeptSpans.class);
  }

  @AfterAll
  void stop() {
    service.close();
    peer.close();
    stranger.close();
  }

  @BeforeEach
  void forget() {
    calls.all().clear();
    spans.all().clear();
    peer.traceparents().clear();
    stranger.traceparents().clear();
  }

  private String get(Client client, String url) {
    try (Scope caller = Context.root().with(Span.wrap(CALLER)).makeCurrent()) {
      return clients.get(client).apply(url);
    }
  }

  static List<Client> clients() {
    return List.of(Client.values());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aCallToADependencyPassesItsGuardWithinTheTrace(Client client) {
    assertThat(get(client, peer.url("/charge"))).isEqualTo("/charge");

    assertThat(calls.all())
        .containsExactly(new EndedCalls.Call("payments", CallOutcome.SUCCESS, 200));
    SpanData span = onlyClientSpan();
    assertThat(span.getAttributes().get(AttributeKey.stringKey("peer.service")))
        .isEqualTo("payments");
    assertThat(peer.traceparents())
        .filteredOn(sent -> !sent.isEmpty())
        .containsExactly("00-" + TRACE_ID + "-" + span.getSpanId() + "-01");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void theLongestAddressDecidesWhoseCallItIs(Client client) {
    get(client, peer.url("/stock/7"));
    get(client, peer.url("/stocks"));
    assertThat(calls.all())
        .extracting(EndedCalls.Call::dependency)
        .containsExactly("stock", "payments");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anAnswerOf500IsAFailureAndArrivesUnchanged(Client client) {
    assertThatThrownBy(() -> get(client, peer.url("/fail"))).hasMessageContaining("500");
    assertThat(calls.all())
        .containsExactly(new EndedCalls.Call("payments", CallOutcome.FAILURE, 500));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aCallThatMissesItsDeadlineEnds(Client client) {
    assertThatThrownBy(() -> get(client, peer.url("/archive/hangs")))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(calls.all()).containsExactly(new EndedCalls.Call("archive", CallOutcome.TIMEOUT, 0));
    assertThat(Thread.interrupted()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anIdempotentCallIsRepeatedWithASpanForEachAttempt(Client client) {
    for (int i = 0; i < 20; i++) { // a repetition is a tenth more load
      get(client, peer.url("/stock/ok"));
    }
    forget();
    String url = peer.url("/stock/flaky/" + client);
    assertThat(get(client, url)).isEqualTo("/stock/flaky/" + client);
    assertThat(calls.all())
        .containsExactly(
            new EndedCalls.Call("stock", CallOutcome.FAILURE, 503),
            new EndedCalls.Call("stock", CallOutcome.SUCCESS, 200));
    assertThat(peer.traceparents())
        .filteredOn(sent -> sent.startsWith("00-" + TRACE_ID))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aCallToAnybodyElseHasASpanAndPassesTheTraceOn(Client client) {
    get(client, stranger.url("/hello?token=secret"));
    assertThat(calls.all()).isEmpty();
    await().until(() -> !spans.all().isEmpty());
    SpanData span = onlyClientSpan();
    assertThat(span.getName()).isEqualTo("GET");
    assertThat(span.getAttributes().get(AttributeKey.stringKey("url.full")))
        .isEqualTo(stranger.url("/hello"));
    assertThat(stranger.traceparents())
        .containsExactly("00-" + TRACE_ID + "-" + span.getSpanId() + "-01");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aFailedCallToAnybodyElseIsAFailedSpan(Client client) {
    assertThatThrownBy(() -> get(client, stranger.url("/fail"))).hasMessageContaining("500");
    await().until(() -> !spans.all().isEmpty());
    assertThat(onlyClientSpan().getAttributes().get(AttributeKey.stringKey("error.type")))
        .isEqualTo("500");
  }

  private SpanData onlyClientSpan() {
    List<SpanData> sent =
        spans.all().stream().filter(span -> span.getKind() == SpanKind.CLIENT).toList();
    assertThat(sent).hasSize(1);
    return sent.get(0);
  }

  @Test
  void aRequestsAttributeNamesTheDependencyItself() {
    service
        .context()
        .getBean(RestClient.Builder.class)
        .build()
        .get()
        .uri(stranger.url("/hello"))
        .attribute("dev.nines.dependency", "named")
        .retrieve()
        .toBodilessEntity();
    service
        .context()
        .getBean(WebClient.Builder.class)
        .build()
        .get()
        .uri(stranger.url("/hello"))
        .attribute("dev.nines.dependency", "named")
        .retrieve()
        .toBodilessEntity()
        .block();
    assertThat(calls.all())
        .extracting(EndedCalls.Call::dependency)
        .containsExactly("named", "named");
  }

  @ParameterizedTest
  @CsvSource({"http-interface", "http-interface-reactive", "http-service-group"})
  void anHttpInterfaceIsGuardedAsItsClientIs(String kind) {
    ApplicationContext context = service.context();
    Api api =
        switch (kind) {
          case "http-interface" ->
            HttpServiceProxyFactory.builderFor(RestClientAdapter.create(context
                    .getBean(RestClient.Builder.class)
                    .baseUrl(peer.url(""))
                    .build()))
                .build()
                .createClient(Api.class);
          case "http-interface-reactive" ->
            HttpServiceProxyFactory.builderFor(WebClientAdapter.create(context
                    .getBean(WebClient.Builder.class)
                    .baseUrl(peer.url(""))
                    .build()))
                .build()
                .createClient(Api.class);
          default -> context.getBean(Api.class);
        };
    assertThat(api.ok()).isEqualTo("/ok");
    assertThat(calls.all())
        .containsExactly(new EndedCalls.Call("payments", CallOutcome.SUCCESS, 200));
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aCallWithinItsOwnGuardIsGuardedOnce(Client client) {
    Guard payments = service.nines().guard("payments");
    String answer =
        payments.callOr(() -> clients.get(client).apply(peer.url("/charge")), reason -> "none");
    assertThat(answer).isEqualTo("/charge");
    assertThat(calls.all())
        .containsExactly(new EndedCalls.Call("payments", CallOutcome.SUCCESS, 0));
    assertThat(peer.traceparents())
        .filteredOn(sent -> !sent.isEmpty())
        .extracting(sent -> sent.substring(0, 52))
        .containsExactly(
            "00-" + onlyClientSpan().getTraceId() + "-" + onlyClientSpan().getSpanId());
  }

  @Test
  void aCancelledCallIsNeitherFailureNorSuccess() throws Exception {
    var pending = service
        .context()
        .getBean(WebClient.Builder.class)
        .build()
        .get()
        .uri(peer.url("/hangs"))
        .retrieve()
        .bodyToMono(String.class)
        .toFuture();
    await().until(() -> peer.traceparents().stream().anyMatch(sent -> !sent.isEmpty()));
    pending.cancel(true);
    await().until(() -> calls.all().size() == 1);
    assertThat(calls.all())
        .containsExactly(new EndedCalls.Call("payments", CallOutcome.CANCELLED, 0));
  }

  @Test
  void manyAnswersThatComeAtTheDeadlineHoldNoConnection() throws Exception {
    WebClient client = service.context().getBean(WebClient.Builder.class).build();
    ScheduledExecutorService cancelling = Executors.newSingleThreadScheduledExecutor();
    try {
      for (int i = 0; i < 600; i++) { // more than the pool of connections has
        var pending = client
            .get()
            .uri(peer.url("/ok"))
            .retrieve()
            .bodyToMono(String.class)
            .toFuture();
        cancelling.schedule(() -> pending.cancel(true), i * 7 % 1500, TimeUnit.MICROSECONDS);
      }
    } finally {
      cancelling.shutdown();
    }
    assertThat(get(Client.WEB_CLIENT, peer.url("/ok"))).isEqualTo("/ok");
  }
}
