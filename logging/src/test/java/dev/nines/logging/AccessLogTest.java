package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.request.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

class AccessLogTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final Lines lines = new Lines();
  private final TestService service = new TestService("checkout", JsonLogging.to(lines));

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  @Test
  void anAccessLineTellsAllOfARequest() {
    Exchange exchange =
        service.begin("GET", "/orders/{id}", "00-" + TRACE + "-00f067aa0ba902b7-01");
    exchange.target("/orders/7");
    exchange.client("192.0.2.7");
    exchange.requestBytes(0);
    exchange.responseBytes(512);
    service.time().advance(Duration.ofNanos(12_345_678));
    exchange.end(200);

    JsonNode line = lines.only();
    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(line.get("message").asString()).isEqualTo("GET /orders/{id} 200");
    assertThat(line.get("logger").asString()).isEqualTo("access");
    assertThat(line.get("event_type").asString()).isEqualTo("http_request");
    assertThat(line.get("trace_id").asString()).isEqualTo(TRACE);
    assertThat(line.get("span_id").asString())
        .isEqualTo(exchange.span().getSpanContext().getSpanId());
    assertThat(line.get("method").asString()).isEqualTo("GET");
    assertThat(line.get("route").asString()).isEqualTo("/orders/{id}");
    assertThat(line.get("path").asString()).isEqualTo("/orders/7");
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("outcome").asString()).isEqualTo("success");
    assertThat(lines.text()).contains("\"duration_ms\":12.345,");
    assertThat(line.get("request_bytes").intValue()).isZero();
    assertThat(line.get("response_bytes").asInt()).isEqualTo(512);
    assertThat(line.get("client").asString()).isEqualTo("192.0.2.7");
    assertThat(line.get("slo_broken").asBoolean()).isFalse();
    assertThat(line.has("error_type")).isFalse();
    assertThat(line.has("query")).isFalse();
    assertThat(line.has("user_agent")).isFalse();
    assertThat(line.has("sample_rate")).isFalse();
  }

  @ParameterizedTest(name = "{0} ns: {1} ms")
  @CsvSource({
    "0, 0.0",
    "999, 0.0",
    "1000, 0.001",
    "10000, 0.01",
    "100000, 0.1",
    "120999, 0.12",
    "1000000, 1.0",
    "10020300, 10.02",
    "59999999999, 59999.999",
    "86400000000000, 86400000.0",
    "9223372036854775807, 9223372036854.775"
  })
  void durationsAreMillisecondsToTheMicrosecondAndNeverRoundedUp(long nanos, String text) {
    Exchange exchange = service.begin("GET", "/orders/{id}");
    service.time().advance(Duration.ofNanos(nanos));
    exchange.end(200);

    assertThat(lines.text()).contains("\"duration_ms\":" + text + ",");
    assertThat(lines.only().get("duration_ms").isNumber()).isTrue();
  }

  @Test
  void whatHasANameOfTheRequestsIsKeptUnderAnother() {
    MDC.put("route", "A7");
    MDC.put("slo_broken", "who knows");
    service.begin("GET", "/orders/{id}").end(200);

    JsonNode line = lines.only();
    assertThat(line.get("route").asString()).isEqualTo("/orders/{id}");
    assertThat(line.get("ctx_route").asString()).isEqualTo("A7");
    assertThat(line.get("slo_broken").asBoolean()).isFalse();
    assertThat(line.get("ctx_slo_broken").asString()).isEqualTo("who knows");
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        ending("success", "INFO", 204, null, exchange -> exchange.end(204)),
        ending("client_error", "INFO", 404, null, exchange -> exchange.end(404)),
        ending("server_error", "ERROR", 502, "502", exchange -> exchange.end(502)),
        ending("rejected", "WARN", 503, "503", exchange -> exchange.reject(503)),
        ending(
            "server_error",
            "ERROR",
            500,
            "java.lang.IllegalStateException",
            exchange -> exchange.fail(500, new IllegalStateException("password=hunter2"))));
  }

  private static Arguments ending(
      String outcome, String level, int status, String errorType, Consumer<Exchange> end) {
    return Arguments.of(outcome, level, status, errorType, end);
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("outcomes")
  void theLevelFollowsFromTheOutcome(
      String outcome, String level, int status, String errorType, Consumer<Exchange> end) {
    end.accept(service.begin("POST", "/orders"));

    JsonNode line = lines.only();
    assertThat(line.get("outcome").asString()).isEqualTo(outcome);
    assertThat(line.get("level").asString()).isEqualTo(level);
    assertThat(line.get("status").asInt()).isEqualTo(status);
    assertThat(line.path("error_type").asString(null)).isEqualTo(errorType);
    assertThat(lines.text()).doesNotContain("hunter2");
  }

  @Test
  void aClientThatWentAwayIsNoError() {
    service.begin("GET", "/orders/{id}").abort(0, new IOException("broken pipe"));

    JsonNode line = lines.only();
    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(line.get("message").asString()).isEqualTo("GET /orders/{id}");
    assertThat(line.get("outcome").asString()).isEqualTo("client_abort");
    assertThat(line.has("status")).isFalse();
    assertThat(line.has("request_bytes")).isFalse();
  }

  @Test
  void whatAHandlerThrewIsNamedWithItsMessage() {
    service.begin("GET", "/fail").fail(500, new IllegalStateException("no such table"));
    assertThat(lines.only().get("error_message").asString()).isEqualTo("no such table");

    lines.clear();
    service.begin("GET", "/fail").fail(500, new IllegalStateException() {
      private static final long serialVersionUID = 1L;

      @Override
      public String getMessage() {
        throw new IllegalArgumentException("no message");
      }
    });
    assertThat(lines.all().get(0).get("error_message").asString()).startsWith("[FAILED ");
  }

  @Test
  void anExchangeHasOneLineHoweverOftenItEnds() throws InterruptedException {
    int requests = 500;
    ExecutorService pool = Executors.newFixedThreadPool(8);
    CountDownLatch ends = new CountDownLatch(requests * 3);
    for (int i = 0; i < requests; i++) {
      Exchange exchange = service.begin("GET", "/orders/{id}");
      for (Runnable end : List.<Runnable>of(
          () -> exchange.end(200),
          () -> exchange.fail(500, new IOException()),
          () -> exchange.abort(0, null))) {
        pool.execute(() -> {
          end.run();
          ends.countDown();
        });
      }
    }
    assertThat(ends.await(30, TimeUnit.SECONDS)).isTrue();
    pool.shutdown();

    assertThat(lines.all()).hasSize(requests);
    assertThat(lines.all().stream().map(line -> line.get("span_id").asString()).distinct())
        .hasSize(requests);
  }

  @Test
  void aHostilePathIsOneFieldOfOneLine() {
    Exchange exchange = service.begin("GET", "_OTHER");
    exchange.target("/a\n{\"level\":\"ERROR\"}\u2028\uD800;jsessionid=s3cr3t;token=t0k3n");
    MDC.put("path", "from MDC");
    exchange.end(404);

    JsonNode line = lines.only();
    assertThat(line.get("path").asString())
        .startsWith("/a\n{\"level\"")
        .doesNotContain("s3cr3t", "t0k3n");
    assertThat(line.get("ctx_path").asString()).isEqualTo("from MDC");
  }

  @Test
  void accessLinesCanBeTurnedOff() {
    Lines quiet = new Lines();
    service.close();
    try (TestService other = new TestService(
        "quiet", JsonLogging.to(quiet).requests(RequestLog.standard().withoutLines()))) {
      other.begin("GET", "/orders/{id}").end(200);
      assertThat(quiet.all()).isEmpty();
    }
  }
}
