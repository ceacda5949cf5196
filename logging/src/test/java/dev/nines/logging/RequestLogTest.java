package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nines.request.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RequestLogTest {

  private static final RequestLog STANDARD = RequestLog.standard();

  private final Lines lines = new Lines();
  private TestService service = new TestService("checkout", JsonLogging.to(lines));

  @AfterEach
  void closeTheService() {
    service.close();
  }

  private void logging(RequestLog chosen) {
    logging(JsonLogging.to(lines).requests(chosen));
  }

  private void logging(JsonLogging chosen) {
    service.close();
    service = new TestService("checkout", chosen);
  }

  private JsonNode after(Duration time, String method, String template, Consumer<Exchange> end) {
    lines.clear();
    Exchange exchange = service.begin(method, template);
    service.time().advance(time);
    end.accept(exchange);
    return lines.only();
  }

  static List<Arguments> verdicts() {
    return List.of(
        verdict("in time", 500, "GET /a", ok(), false),
        verdict("over p95's target alone", 300, "GET /a", ok(), false),
        verdict("over p99's target", 501, "GET /a", ok(), true),
        verdict("within its route's own target", 2000, "POST /reports", ok(), false),
        verdict("over its route's own target", 2001, "POST /reports", ok(), true),
        verdict("another method of that route", 2000, "GET /reports", ok(), true),
        verdict("a slow mistake of the caller's", 501, "GET /a", e -> e.end(404), true),
        verdict("a mistake of the caller's", 1, "GET /a", e -> e.end(404), false),
        verdict("a fast failure", 1, "GET /a", e -> e.end(500), true),
        verdict("a refusal", 1, "GET /a", e -> e.reject(503), true),
        verdict("a client that lost its patience", 9000, "GET /a", e -> e.abort(0, null), false));
  }

  private static Consumer<Exchange> ok() {
    return exchange -> exchange.end(200);
  }

  private static Arguments verdict(
      String name, long millis, String route, Consumer<Exchange> end, boolean broken) {
    return Arguments.of(name, Duration.ofMillis(millis), route, end, broken);
  }

  @ParameterizedTest(name = "{0}: {4}")
  @MethodSource("verdicts")
  void aPromiseIsBrokenByAnErrorOrBeyondP99(
      String name, Duration took, String route, Consumer<Exchange> end, boolean broken) {
    String[] parts = route.split(" ");
    JsonNode line = after(took, parts[0], parts[1], end);
    assertThat(line.get("slo_broken").asBoolean()).isEqualTo(broken);
  }

  @Test
  void theMessageIsThatOfItsRequestHoweverManyThereAre() {
    for (int round = 0; round < 2; round++) {
      for (int request = 0; request < 1_200; request++) {
        Exchange exchange = service.begin("GET", "/a" + request % 60);
        exchange.end(200 + request / 60);
      }
      assertThat(lines.all()).hasSize(1_200).allSatisfy(line -> assertThat(
              line.get("message").asString())
          .isEqualTo(
              "GET " + line.get("route").asString() + " " + line.get("status").asInt()));
      lines.clear();
    }
  }

  @Test
  void moreStatusesThanAreRememberedDoNotShareTheirMessages() {
    RequestMessages messages = new RequestMessages();
    for (int round = 0; round < 2; round++) {
      for (int status = 100; status < 1_000; status++) {
        Exchange exchange = service.begin("GET", "/a");
        exchange.end(status);
        assertThat(messages.of(exchange)).isEqualTo("GET /a " + status);
      }
    }
  }

  @Test
  void slownessAloneDoesNotRaiseTheLevel() {
    assertThat(after(Duration.ofSeconds(1), "GET", "/a", ok()).get("level").asString())
        .isEqualTo("INFO");
  }

  @Test
  void successesAreSampledAndNothingElse() {
    logging(STANDARD.successes(0));
    service.begin("GET", "/a").end(200);
    assertThat(lines.all()).isEmpty();

    assertThat(after(Duration.ofMillis(501), "GET", "/a", ok()).has("sample_rate"))
        .isFalse();
    for (Consumer<Exchange> end : List.<Consumer<Exchange>>of(
        e -> e.end(404), e -> e.end(500), e -> e.reject(503), e -> e.abort(0, new IOException()))) {
      assertThat(after(Duration.ZERO, "GET", "/a", end).has("sample_rate")).isFalse();
    }
  }

  @Test
  void aShareOfSuccessesIsKeptByTheirTraceAndSaysSo() {
    logging(STANDARD.successes(0.25));
    Random random = new Random(42);
    Map<String, Boolean> kept = new HashMap<>();
    for (int i = 0; i < 4000; i++) {
      lines.clear();
      String trace = "%016x%016x".formatted(random.nextLong() | 1, random.nextLong());
      service.begin("GET", "/a", "00-" + trace + "-00f067aa0ba902b7-01").end(200);
      kept.put(trace, !lines.all().isEmpty());
      if (kept.get(trace)) {
        assertThat(lines.only().get("sample_rate").asDouble()).isEqualTo(0.25);
        assertThat(trace.substring(18)).isGreaterThanOrEqualTo("c0000000000000");
      }
    }
    assertThat(kept.values().stream().filter(yes -> yes).count() / 4000.0)
        .isCloseTo(0.25, within(0.05));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aRateThatIsNoneIsRefused(double rate) {
    assertThatThrownBy(() -> STANDARD.successes(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("successes: " + rate + " (expected: 0 to 1)");
  }

  @Test
  void whatAClientSaysIsWrittenOnlyIfAskedForAndBoundedAndRedacted() {
    Map<String, String> headers = Map.of(
        "User-Agent", "curl/8\u001b[31m\n" + "x".repeat(5000),
        "X-Request-Id", "r-1",
        "X-Forwarded-For", "198.51.100.1",
        "Cookie", "sid=s3cr3t");
    logging(STANDARD.query().userAgent().headers("X-Request-Id", "X-Missing"));
    Exchange exchange = service.begin("GET", "/a", headers);
    exchange.query("q=shoes&token=s3cr3t&page=2&pad=" + "y".repeat(460) + "&password=s3cr3t");
    exchange.client("192.0.2.7");
    exchange.end(200);

    JsonNode line = lines.only();
    assertThat(line.get("query").asString())
        .startsWith("q=shoes&token=[REDACTED]&page=2&pad=yyy")
        .endsWith(Text.CUT)
        .hasSizeLessThanOrEqualTo(512);
    assertThat(line.get("user_agent").asString())
        .startsWith("curl/8\u001b[31m\nxxx")
        .endsWith(Text.CUT);
    assertThat(line.get("request_headers").toString()).isEqualTo("{\"x-request-id\":\"r-1\"}");
    assertThat(lines.text()).doesNotContain("s3cr3t").doesNotContain("198.51.100.1");
    assertThat(exchange.header("User-Agent")).as("after the end").isNull();
  }

  @Test
  void aHeaderThatCannotBeReadCostsNoLine() {
    logging(STANDARD.headers("X-Failing"));
    service
        .begin("GET", "/a", new HashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public String get(Object key) {
            if ("X-Failing".equals(key)) {
              throw new IllegalStateException("recycled");
            }
            return null;
          }
        })
        .end(200);
    assertThat(lines.only().at("/request_headers/x-failing").asString())
        .isEqualTo("[FAILED java.lang.String: java.lang.IllegalStateException]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Authorization", "cookie", "Set-Cookie", "X-Api-Key", "", "a b", "a\nb", "é"})
  void aHeaderThatMayNotBeLoggedIsRefused(String name) {
    assertThatThrownBy(() -> STANDARD.headers(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("header: " + name + " (expected: ");
  }

  @Test
  void tooManyHeadersAreRefused() {
    String[] many = new String[17];
    for (int i = 0; i < many.length; i++) {
      many[i] = "X-" + i;
    }
    assertThatThrownBy(() -> STANDARD.headers(many))
        .hasMessage("headers: 17 (expected: at most 16)");
  }

  @Test
  void theClientsAddressCanBeTruncatedOrLeftOut() {
    logging(STANDARD.truncatingClient());
    assertThat(clientOf("203.0.113.77")).isEqualTo("203.0.113.0");
    assertThat(clientOf("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:0:0:0:0:0");
    assertThat(clientOf("::ffff:203.0.113.77")).isEqualTo("203.0.113.0");
    assertThat(clientOf("somebody")).isNull();
    logging(STANDARD.withoutClient());
    assertThat(clientOf("203.0.113.77")).isNull();
    logging(STANDARD.withoutPath());
    assertThat(after(Duration.ZERO, "GET", "/a", e -> {
              e.target("/a/7");
              e.end(200);
            })
            .has("path"))
        .isFalse();
  }

  private String clientOf(String address) {
    return after(Duration.ZERO, "GET", "/a", e -> {
          e.client(address);
          e.end(200);
        })
        .path("client")
        .asString(null);
  }

  @Test
  void anAddressIsNeverANameThatSomebodyLookedUp() throws Exception {
    InetAddress named = InetAddress.getByAddress("evil.example", new byte[] {(byte) 192, 0, 2, 7});
    JsonNode line = after(Duration.ZERO, "GET", "/a", e -> {
      e.client(new InetSocketAddress(named, 4711));
      e.end(200);
    });
    assertThat(line.get("client").asString()).isEqualTo("192.0.2.7");
  }

  @Test
  void aSecretThatTheCutWouldHalveIsNoSecretLost() {
    String path = "/" + "a".repeat(495) + "/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0."
        + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    JsonNode line = after(Duration.ZERO, "GET", "/a", e -> {
      e.target(path);
      e.end(200);
    });
    assertThat(line.get("path").asString()).doesNotContain("eyJh").contains("aaa");
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"ECS", "ECS_DOTTED"})
  void anEcsLineHasWhatTheSchemaHasAndTheRestUnderNines(Layout layout) {
    logging(JsonLogging.to(lines)
        .layout(layout)
        .requests(STANDARD.query().userAgent().headers("X-Request-Id").successes(0.5)));
    Exchange exchange =
        service.begin("GET", "/orders/{id}", Map.of("User-Agent", "curl/8", "X-Request-Id", "r-1"));
    exchange.target("/orders/7");
    exchange.query("a=1");
    exchange.client("2001:db8::1");
    exchange.requestBytes(3);
    exchange.responseBytes(5);
    service.time().advance(Duration.ofMillis(7));
    exchange.fail(500, new IOException("broken"));

    Map<String, JsonNode> line = Ecs.flat(lines.only());
    line.forEach((name, value) -> {
      if (!name.startsWith("nines.")) {
        assertThat(Ecs.fits(Ecs.TYPES.get(name), value))
            .as("%s: %s", name, value)
            .isTrue();
      }
    });
    assertThat(line)
        .hasEntrySatisfying("http.request.method", is("GET"))
        .hasEntrySatisfying("http.request.body.bytes", is("3"))
        .hasEntrySatisfying("http.response.status_code", is("500"))
        .hasEntrySatisfying("http.response.body.bytes", is("5"))
        .hasEntrySatisfying("url.path", is("/orders/7"))
        .hasEntrySatisfying("url.query", is("a=1"))
        .hasEntrySatisfying("user_agent.original", is("curl/8"))
        .hasEntrySatisfying("client.ip", is("2001:db8::1"))
        .hasEntrySatisfying("event.duration", is("7000000"))
        .hasEntrySatisfying("event.outcome", is("failure"))
        .hasEntrySatisfying("error.type", is("java.io.IOException"))
        .hasEntrySatisfying("nines.route", is("/orders/{id}"))
        .hasEntrySatisfying("nines.outcome", is("server_error"))
        .hasEntrySatisfying("nines.slo_broken", is("true"));
  }

  private static Consumer<JsonNode> is(String text) {
    return node -> assertThat(node.asString()).isEqualTo(text);
  }
}
