package dev.nines.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the starter alone gives the service, seen from outside. */
class OrdersTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  @TempDir
  static Path directory;

  private static KillablePostgres postgres;
  private static RunningOrders service;

  @BeforeAll
  static void start() throws IOException {
    postgres = new KillablePostgres(directory.resolve("data"));
    service = RunningOrders.start(Map.of("SPRING_DATASOURCE_URL", postgres.url()));
  }

  @AfterAll
  static void stop() throws Exception {
    try (KillablePostgres last = postgres) {
      service.close();
    }
  }

  @Test
  void anOrderIsKeptAndCharged() throws Exception {
    HttpResponse<String> placed = service.order();

    assertThat(placed.statusCode()).isEqualTo(201);
    JsonNode order = RunningOrders.json(placed);
    assertThat(order.path("payment").asString()).isEqualTo("charged");
    assertThat(RunningOrders.json(service.get("/orders/" + order.path("id").asLong())))
        .isEqualTo(order);
    assertThat(service.admin("/metrics").body())
        .containsPattern("orders_placed_total\\{payment=\"charged\"} [1-9]")
        .containsPattern(
            "http_server_request_duration_seconds_count\\{.*http_route=\"/orders/\\{id}\".*} [1-9]");
  }

  @Test
  void aRequestIsOneJsonLineWithItsTrace() throws Exception {
    service.order("traceparent", TRACEPARENT);

    await().until(() -> service
        .log()
        .anyMatch(line -> text(line, "trace_id").equals(TRACE)
            && text(line, "event_type").equals("http_request")
            && text(line, "route").equals("/orders")
            && line.path("status").asInt() == 201));
  }

  @Test
  void aBugIsA500WithItsStackTraceInTheLogAndNotInTheAnswer() throws Exception {
    HttpResponse<String> failed = service.get("/fail");

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.body()).doesNotContain("always fails");
    await().until(() -> service.log().anyMatch(line -> line.toString().contains("always fails")));
  }

  @Test
  void aLineOfTheClientsIsWrittenAsItIs() throws Exception {
    String body = "zwei\nZeilen {} %s";
    assertThat(service.post("/log", body).statusCode()).isEqualTo(200);

    await().until(() -> service.log().anyMatch(line -> text(line, "message").equals(body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/orders                    | not json                             | 400",
        "/orders                    | {\"item\":\"\",\"cents\":1}          | 400",
        "/orders                    | {\"item\":\"a\\u0000b\",\"cents\":1} | 400",
        "/orders                    | {\"item\":\"book\",\"cents\":0}      | 400",
        "/orders                    | {\"item\":\"book\",\"cents\":1.5}    | 400",
        "/orders/book               |                                      | 400",
        "/orders/999999999          |                                      | 404",
        "/orders                    |                                      | 405",
        "/nowhere                   |                                      | 404",
        "/slow                      |                                      | 400",
        "/slow?ms=10001             |                                      | 400",
        "/chaos/payments            | {}                                   | 400",
        "/chaos/moon?mode=down      | {}                                   | 404",
        "/test                      | {}                                   | 400",
        "/test                      | [{\"url\":\"http://192.0.2.1/\",\"arguments\":[]}] | 400",
      })
  void whatIsMalformedUnknownOrNotAllowedIsRefused(String path, String body, int status)
      throws Exception {
    HttpResponse<String> answer = body == null ? service.get(path) : service.post(path, body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(RunningOrders.json(answer).path("title").asString()).isNotBlank();
  }

  @Test
  void testCallsWithTheTraceOfTheRequest() throws Exception {
    try (Heard heard = new Heard()) {
      HttpResponse<String> answer = service.post(
          "/test",
          "[{\"url\":\"" + heard.url() + "\",\"arguments\":[1]},"
              + "{\"url\":\"http://localhost:1/\",\"arguments\":[]}]",
          "traceparent",
          TRACEPARENT);

      assertThat(RunningOrders.json(answer).at("/0/result").asInt()).isEqualTo(200);
      assertThat(RunningOrders.json(answer).at("/1/result").asString()).isEqualTo("unreachable");
      assertThat(heard.requests())
          .singleElement()
          .asString()
          .matches("00-" + TRACE + "-(?!b7ad6b7169203331)[0-9a-f]{16}-01 \\[1]");
    }
  }

  @Test
  void whilePaymentsFailOrdersWaitForThemAndTheServiceIsReady() throws Exception {
    service.post("/chaos/payments?mode=down", "");
    try {
      HttpResponse<String> placed = service.order();
      assertThat(placed.statusCode()).isEqualTo(201);
      assertThat(RunningOrders.json(placed).path("payment").asString()).isEqualTo("pending");
      await().atMost(RunningOrders.PATIENCE).until(() -> RunningOrders.json(
              service.admin("/health"))
          .at("/checks/payments/status")
          .asString()
          .equals("unhealthy"));
      assertThat(service.admin("/ready").statusCode()).isEqualTo(200);
    } finally {
      service.post("/chaos/payments?mode=up", "");
    }
    await()
        .atMost(RunningOrders.PATIENCE)
        .until(
            () -> RunningOrders.json(service.order()).path("payment").asString().equals("charged"));
  }

  @Test
  void whenTheDatabaseIsKilledTheServiceIsAliveAndUnreadyUntilItIsBack() throws Exception {
    postgres.kill();
    await().atMost(RunningOrders.PATIENCE).until(() -> service.admin("/ready").statusCode() == 503);
    assertThat(service.admin("/live").statusCode()).isEqualTo(200);
    assertThat(service.order().statusCode()).isEqualTo(503);

    postgres.startAgain();
    await().atMost(RunningOrders.PATIENCE).until(() -> service.admin("/ready").statusCode() == 200);
    await().atMost(RunningOrders.PATIENCE).until(() -> service.order().statusCode() == 201);
  }

  private static String text(JsonNode line, String field) {
    return line.path(field).asString("");
  }
}
