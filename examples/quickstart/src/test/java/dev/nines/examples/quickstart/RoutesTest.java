package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nines.examples.quickstart.RunningQuickstart.Answered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RoutesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  @RegisterExtension
  static final RunningQuickstart SERVICE = RunningQuickstart.withQuickerTargets();

  @Test
  void helloAnswersInPlainTextAndWritesOneLine() {
    int before = lines("/hello").size();
    Answered hello = SERVICE.get("/hello");

    assertThat(hello.status()).isEqualTo(200);
    assertThat(hello.header("Content-Type")).startsWith("text/plain");
    await().until(() -> lines("/hello").size() == before + 1);
  }

  @Test
  void failBecomesA500WithItsStackTraceInTheLogAndNotInTheAnswer() {
    Answered failed = SERVICE.get("/fail");

    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.body()).doesNotContain("Exception", "always fails");
    await().until(() -> SERVICE.log().stream()
        .anyMatch(line -> line.toString().contains("This route always fails")));
  }

  @Test
  void slowTakesAsLongAsAsked() {
    long start = System.nanoTime();

    assertThat(SERVICE.get("/slow?ms=200").status()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a plain line",
        "{\"json\": \"inside\"}",
        "{} %s ${jndi:ldap://x}",
        "zwei\nZeilen\t✓"
      })
  void logWritesTheBodyAsTheMessage(String body) {
    assertThat(SERVICE.post("/log", body).status()).isEqualTo(200);

    await().until(() -> SERVICE.log().stream()
        .anyMatch(line -> line.path("message").asString("").equals(body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /orders                    | not json                          | 400",
        "POST | /orders                    | ''                                | 400",
        "POST | /orders                    | []                                | 400",
        "POST | /orders                    | {\"item\":\"\",\"cents\":1}       | 400",
        "POST | /orders                    | {\"item\":\"a\\u0000b\",\"cents\":1} | 400",
        "POST | /orders                    | {\"item\":\"book\",\"cents\":0}   | 400",
        "POST | /orders                    | {\"item\":\"book\",\"cents\":1.5} | 400",
        "POST | /orders                    | {\"item\":\"book\",\"cents\":1e99} | 400",
        "GET  | /orders/book               |                                   | 400",
        "GET  | /orders/99999999999999999999 |                                 | 400",
        "GET  | /orders/999999999          |                                   | 404",
        "GET  | /orders                    |                                   | 405",
        "GET  | /ordersfoo                 |                                   | 404",
        "GET  | /hello/there               |                                   | 404",
        "GET  | /slow                      |                                   | 400",
        "GET  | /slow?ms=-1                |                                   | 400",
        "GET  | /slow?ms=10001             |                                   | 400",
        "POST | /chaos/payments            |                                   | 400",
        "POST | /chaos/payments?mode=up%20 |                                   | 400",
        "POST | /chaos/moon?mode=down      |                                   | 404",
        "POST | /test                      | {}                                | 400",
        "POST | /test                      | [{\"url\":\"http://localhost/\"}] | 400",
        "POST | /test                      | [{\"url\":\"http://192.0.2.1/\",\"arguments\":[]}] | 400",
        "POST | /test                      | [{\"url\":\"::\",\"arguments\":[]}] | 400",
      })
  void whatIsMalformedUnknownOrNotAllowedIsRefusedCleanly(
      String method, String path, String body, int status) {
    Answered answered = SERVICE.send(method, path, body == null ? "" : body);

    assertThat(answered.status()).isEqualTo(status);
    assertThat(answered.json().path("error").asString()).isNotBlank();
  }

  @Test
  void aBodyWithoutEndIsRefused() {
    assertThat(SERVICE.post("/log", "x".repeat(1024 * 1024 + 1)).status()).isEqualTo(413);
  }

  @Test
  void itsQueriesAndItsPoolAreMeasured() {
    SERVICE.post("/orders", "{\"item\":\"book\",\"cents\":1999}");

    assertThat(SERVICE.admin("/metrics").body())
        .contains(
            "db_client_operation_duration_seconds_count{db_operation_name=\"INSERT\","
                + "db_system_name=\"postgresql\",dependency=\"orders-db\"",
            "nines_saturation_ratio{resource=\"pool:orders-db\"}");
  }

  @Test
  void anOrderIsCounted() {
    SERVICE.post("/orders", "{\"item\":\"book\",\"cents\":1999}");

    assertThat(SERVICE.admin("/metrics").body())
        .containsPattern("orders_placed_total\\{payment=\"charged\"} [1-9]")
        .contains("orders_placed_total{payment=\"pending\"} 0");
  }

  @Test
  void theLintFindsNothingInItsMetrics() {
    SERVICE.post("/orders", "{\"item\":\"book\",\"cents\":1999}");
    SERVICE.get("/fail");
    Answered lint = SERVICE.admin("/metrics/lint");

    assertThat(lint.status()).isEqualTo(200);
    assertThat(lint.json().path("status").asString()).isEqualTo("clean");
    assertThat(lint.json().path("series").asInt()).isPositive();
  }

  @Test
  void aTraceIsFollowedThroughBothServices() {
    SERVICE.post(
        "/orders", "{\"item\":\"book\",\"cents\":1999}", Map.of("traceparent", TRACEPARENT));

    await().until(() -> services(TRACE).containsAll(List.of("orders", "payments")));
  }

  @Test
  void testCallsEachUrlWithItsArgumentsInTheSameTrace() throws IOException {
    List<String> heard = new CopyOnWriteArrayList<>();
    HttpServer target =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext("/", exchange -> {
      heard.add(
          exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("traceparent")
              + " " + new String(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    target.start();
    String url = "http://127.0.0.1:" + target.getAddress().getPort();

    Answered answered = SERVICE.post(
        "/test",
        "[{\"url\":\"%s/a\",\"arguments\":[1]},{\"url\":\"%s/b\",\"arguments\":{\"c\":2}}]"
            .formatted(url, url),
        Map.of("traceparent", TRACEPARENT));

    assertThat(answered.status()).isEqualTo(200);
    assertThat(heard).hasSize(2);
    assertThat(heard.get(0))
        .matches("/a 00-" + TRACE + "-(?!b7ad6b7169203331)[0-9a-f]{16}-01 \\[1]");
    assertThat(heard.get(1))
        .matches("/b 00-" + TRACE + "-(?!b7ad6b7169203331)[0-9a-f]{16}-01 \\{\"c\":2}");
    target.stop(0);
  }

  private static List<JsonNode> lines(String path) {
    return SERVICE.log().stream().filter(line -> line.toString().contains(path)).toList();
  }

  private static List<String> services(String trace) {
    return SERVICE.log().stream()
        .filter(line -> line.path("trace_id").asString("").equals(trace))
        .map(line -> line.path("service").asString())
        .toList();
  }
}
