package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.testing.RawClient;
import dev.nines.testing.SentOn;
import dev.nines.testing.TraceContextCase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen of a reactive service's requests; on Netty, with no servlet on the classpath. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFluxTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

  private RunningService service;
  private RawClient raw;

  @BeforeAll
  void start() {
    service = RunningService.start(
        List.of(WebFluxService.class), "--server.max-http-request-header-size=1MB");
    raw = new RawClient(service.port());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @BeforeEach
  void forget() {
    await().until(() -> activeRequests() == 0);
    ended().clear();
  }

  private List<Exchange> ended() {
    return service.context().getBean(EndedRequests.class).all();
  }

  private Exchange onlyOne() throws Exception {
    await().until(() -> !ended().isEmpty());
    await().until(() -> activeRequests() == 0);
    assertThat(ended()).hasSize(1);
    return ended().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "/hello,         200, /hello,            SUCCESS",
    "/orders/7,      200, /orders/{id},      SUCCESS",
    "/functional/7,  200, /functional/{id},  SUCCESS",
    "/events,        200, /events,           SUCCESS",
    "/conflict,      409, /conflict,         CLIENT_ERROR",
    "/handled,       502, /handled,          SERVER_ERROR",
    "/fail,          500, /fail,             SERVER_ERROR",
    "/fail-later,    500, /fail-later,       SERVER_ERROR",
    "/nope,          404, _OTHER,            CLIENT_ERROR",
    "/forbidden,     403, _OTHER,            CLIENT_ERROR",
    "/broken-filter, 500, _OTHER,            SERVER_ERROR",
  })
  void eachRequestIsOneExchangeThatEndsOnce(String path, int status, String route, Outcome outcome)
      throws Exception {
    HttpResponse<String> answer = service.get(path, "traceparent", TRACEPARENT);

    assertThat(answer.statusCode()).isEqualTo(status);
    Exchange exchange = onlyOne();
    assertThat(exchange.route().template()).isEqualTo(route);
    assertThat(exchange.status()).isEqualTo(status);
    assertThat(exchange.outcome()).isEqualTo(outcome);
    assertThat(exchange.span().getSpanContext().getTraceId()).isEqualTo(TRACE_ID);
    assertThat(exchange.target()).isEqualTo(path);
    assertThat(exchange.client()).isEqualTo("127.0.0.1");
  }

  @Test
  void anAnswerThatBreaksOffIsTheServicesFault() throws Exception {
    String answer = raw.exchange(request("/breaks-off"));
    assertThat(answer).contains("one");
    Exchange exchange = onlyOne();
    assertThat(exchange.outcome()).isEqualTo(Outcome.SERVER_ERROR);
    assertThat(exchange.error()).hasMessage("broken on the way");
  }

  @ParameterizedTest
  @CsvSource({"/endless", "/never"})
  void aClientThatHangsUpIsAnAbort(String path) throws Exception {
    try (var socket = raw.connected(request(path))) {
      if (path.equals("/endless")) {
        socket.getInputStream().readNBytes(20);
      }
      await().until(() -> activeRequests() == 1);
      socket.setSoLinger(true, 0);
    }
    Exchange exchange = onlyOne();
    assertThat(exchange.outcome()).isEqualTo(Outcome.CLIENT_ABORT);
    assertThat(exchange.route().template()).isEqualTo(path);
  }

  private static String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  }

  @Test
  void bytesAreCountedBothWays() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://localhost:" + service.port() + "/echo"))
        .timeout(Duration.ofMinutes(1))
        .POST(BodyPublishers.ofString("four"))
        .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
        .isEqualTo("four");
    Exchange exchange = onlyOne();
    assertThat(exchange.requestBytes()).isEqualTo(4);
    assertThat(exchange.responseBytes()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"/fail", "/fail-later", "/broken-filter"})
  void whatIsLoggedOfAnExceptionIsLoggedWithinTheTrace(String path) throws Exception {
    try (TracedLines ours = TracedLines.of("nines");
        TracedLines springs =
            TracedLines.of("org.springframework.boot.webflux.autoconfigure.error")) {
      service.get(path, "traceparent", TRACEPARENT);
      await().until(() -> ours.all().stream()
          .anyMatch(line -> line.message().endsWith("threw java.lang.IllegalStateException")));
      assertThat(ours.all()).extracting(TracedLines.Line::traceId).containsOnly(TRACE_ID);
      assertThat(springs.all()).extracting(TracedLines.Line::traceId).containsOnly(TRACE_ID);
    }
  }

  @Test
  void probesAndScrapesAreNoRequests() throws Exception {
    for (String path : List.of("/health", "/ready", "/live", "/startup", "/metrics")) {
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(200);
    }
    service.get("/hello");
    assertThat(onlyOne().route().template()).isEqualTo("/hello");
  }

  @Test
  void whatWasServedStandsInTheMetrics() throws Exception {
    service.get("/orders/1");
    await().until(() -> service.get("/metrics").body().contains("http_route=\"/orders/{id}\""));
  }

  @ParameterizedTest
  @MethodSource("dev.nines.testing.TraceContextCases#all")
  void everyRuleOfTraceContextHolds(TraceContextCase rule) throws Exception {
    SentOn.verify(rule, raw.exchange(rule.request("/on")));
  }

  /** A thousand at once, each through four threads and a call; every line says whose it is. */
  @Test
  void noLineOfAThousandTracesHasTheIdOfAnother() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    try (TracedLines lines = TracedLines.of("sample")) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 1; i <= 1_000; i++) {
        String trace = String.format("%032x", i);
        HttpRequest request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + service.port() + "/mix/" + trace))
            .timeout(Duration.ofMinutes(2))
            .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
            .build();
        answers.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.join().statusCode()).isEqualTo(200);
      }
      assertThat(lines.all()).hasSize(6_000);
      assertThat(lines.all()).allMatch(line -> line.message().equals(line.traceId()));
    }
  }

  private long activeRequests() {
    return service.nines().http().requests().active();
  }
}
