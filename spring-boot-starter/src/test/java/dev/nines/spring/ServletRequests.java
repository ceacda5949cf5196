package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.testing.RawClient;
import dev.nines.testing.SentOn;
import dev.nines.testing.TraceContextCase;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is seen of requests, whatever the container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServletRequests {

  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  @Configuration(proxyBeanMethods = false)
  static class Ended {
    @Bean
    EndedRequests endedRequests() {
      return new EndedRequests();
    }
  }

  private final Class<?> server;
  private RunningService service;
  private RawClient raw;

  ServletRequests(Class<?> server) {
    this.server = server;
  }

  @BeforeAll
  void start() {
    service = RunningService.start(
        List.of(SampleService.class, Ended.class, server),
        "--server.max-http-request-header-size=1MB");
    raw = new RawClient(service.port());
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/hello,          200, /hello,          SUCCESS",
    "/orders/7,       200, /orders/{id},    SUCCESS",
    "/callable,       200, /callable,       SUCCESS",
    "/deferred,       200, /deferred,       SUCCESS",
    "/future,         200, /future,         SUCCESS",
    "/events,         200, /events,         SUCCESS",
    "/stream,         200, /stream,         SUCCESS",
    "/conflict,       409, /conflict,       CLIENT_ERROR",
    "/handled,        502, /handled,        SERVER_ERROR",
    "/fail,           500, /fail,           SERVER_ERROR",
    "/callable-fails, 500, /callable-fails, SERVER_ERROR",
    "/deferred-fails, 500, /deferred-fails, SERVER_ERROR",
    "/deferred-never, 503, /deferred-never, SERVER_ERROR",
    "/nope,           404, _OTHER,          CLIENT_ERROR",
    "/forbidden,      403, _OTHER,          CLIENT_ERROR",
    "/broken-filter,  500, _OTHER,          SERVER_ERROR",
  })
  void eachRequestIsOneExchangeThatEndsOnce(String path, int status, String route, Outcome outcome)
      throws Exception {
    EndedRequests ended = service.context().getBean(EndedRequests.class);
    ended.all().clear();

    HttpResponse<String> answer = service.get(path, "traceparent", TRACEPARENT);

    assertThat(answer.statusCode()).isEqualTo(status);
    await().until(() -> !ended.all().isEmpty());
    await().until(() -> activeRequests() == 0);
    Exchange exchange = ended.all().get(0);
    assertThat(ended.all()).hasSize(1);
    assertThat(exchange.route().template()).isEqualTo(route);
    assertThat(exchange.status()).isEqualTo(status);
    assertThat(exchange.outcome()).isEqualTo(outcome);
    assertThat(exchange.span().getSpanContext().getTraceId()).isEqualTo(TRACE_ID);
  }

  @ParameterizedTest
  @CsvSource({
    "/callable, in the callable",
    "/stream,   in the stream",
  })
  void aTaskOfSpringMvcsOwnExecutorLogsWithinTheTrace(String path, String message)
      throws Exception {
    try (TracedLines lines = TracedLines.of("sample")) {
      service.get(path, "traceparent", TRACEPARENT);
      assertThat(lines.all()).containsExactly(new TracedLines.Line("sample", message, TRACE_ID));
    }
  }

  @Test
  void theExceptionOfAHandlerIsLoggedWithinTheTrace() throws Exception {
    try (TracedLines lines = TracedLines.of("nines")) {
      service.get("/fail", "traceparent", TRACEPARENT);
      String told = "The handler of GET /fail threw java.lang.IllegalStateException";
      await().until(() -> lines.all().stream()
          .anyMatch(line -> line.message().equals(told) && line.traceId().equals(TRACE_ID)));
    }
  }

  @Test
  void probesAndScrapesAreNoRequests() throws Exception {
    EndedRequests ended = service.context().getBean(EndedRequests.class);
    ended.all().clear();
    for (String path : List.of("/health", "/ready", "/live", "/startup", "/metrics")) {
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(200);
    }
    service.get("/hello");
    await().until(() -> !ended.all().isEmpty());
    assertThat(ended.all())
        .extracting(exchange -> exchange.route().template())
        .containsExactly("/hello");
  }

  @Test
  void whatWasServedStandsInTheMetrics() throws Exception {
    service.get("/orders/1");
    await().until(() -> service.get("/metrics").body().contains("http_route=\"/orders/{id}\""));
    assertThat(service.get("/metrics").body()).contains("nines_ready 1.0");
  }

  @ParameterizedTest
  @MethodSource("dev.nines.testing.TraceContextCases#all")
  void everyRuleOfTraceContextHolds(TraceContextCase rule) throws Exception {
    SentOn.verify(rule, raw.exchange(rule.request("/on")));
  }

  private double activeRequests() throws Exception {
    return service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("http_server_active_requests"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
