package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients may ask of a service's health, and what they are told. */
class HealthSurfaceTest {

  private static final Duration DETECTION = Duration.ofSeconds(5);

  private final AtomicReference<CheckResult> payments =
      new AtomicReference<>(CheckResult.unhealthy("10.1.2.3 refused\nforged: healthy"));

  @Test
  void checksThatAreAskedForByNameSpeakForThemselves() throws Exception {
    try (TestService service = settled(health())) {
      assertThat(ask(service, "/health").status()).isEqualTo(200);
      assertThat(ask(service, "/health", "check", "payments").status()).isEqualTo(503);
      assertThat(ask(service, "/health", "check", "orders-db").status()).isEqualTo(200);

      EndpointResponse both = ask(service, "/health", "check", "payments", "check", "orders-db");
      assertThat(both.status()).isEqualTo(503);
      assertThat(text(both)).contains("payments", "orders-db").doesNotContain("deadlock");
    }
  }

  @ParameterizedTest(name = "{0}?check={1} is {2}")
  @CsvSource({
    "/health, nobody, 404",
    "/health, '', 404",
    "/health, ORDERS-DB, 404",
    "/health/storage, orders-db, 200",
    "/health/storage, payments, 404",
    "/ready, payments, 200",
    "/live, nobody, 200"
  })
  void aCheckThatIsNotThereIsNotFoundAndTheProbesDoNotChoose(String path, String name, int status)
      throws Exception {
    try (TestService service = settled(health().group("storage", "orders-db", "deadlock"))) {
      assertThat(ask(service, path, "check", name).status()).isEqualTo(status);
      assertThat(ask(service, path, "check", "orders-db", "check", name).status())
          .isEqualTo(status);
    }
  }

  @Test
  void aGroupIsAsWellAsItsWorstMember() throws Exception {
    try (TestService service = settled(health()
        .group("storage", "orders-db", "deadlock")
        .group("money", "payments", "orders-db"))) {
      EndpointResponse storage = ask(service, "/health/storage");
      assertThat(storage.status()).isEqualTo(200);
      assertThat(text(storage))
          .isEqualTo(
              "{\"status\":\"healthy\",\"service\":\"checkout\",\"version\":\"1.2.3\","
                  + "\"checks\":{\"orders-db\":{\"status\":\"healthy\"},\"deadlock\":{\"status\":\"healthy\"}}}");
      assertThat(ask(service, "/health/money").status()).isEqualTo(503);
      assertThat(ask(service, "/health/nothing").status()).isEqualTo(404);
      assertThat(ask(service, "/health/storage/").status()).isEqualTo(404);
    }
  }

  @Test
  void groupsAreCheckedBeforeTheServiceStarts() {
    HealthEndpoints health = health();
    assertThatThrownBy(() -> TestService.running(DETECTION, health.group("storage", "order-db")))
        .hasMessageMatching(
            "group.storage: 'order-db' \\(expected: a dependency or check, of deadlock, .*\\)");
    assertThatThrownBy(() -> health.group("a/b", "deadlock"))
        .hasMessage("group: 'a/b' (expected: 1 to 100 letters, digits, '.', '_' or '-')");
    assertThatThrownBy(() -> health.group("..", "deadlock"))
        .hasMessage("group: '..' (expected: no dot at its begin)");
    assertThatThrownBy(() -> health.group("none"))
        .hasMessage("group.none: no checks (expected: the name of at least one)");
    assertThatThrownBy(() -> health.group("twice", "deadlock").group("twice", "deadlock"))
        .hasMessage("group: 'twice' (expected: a name that no other group has)");
    HealthEndpoints full = IntStream.range(0, 16)
        .boxed()
        .reduce(health, (h, i) -> h.group("g" + i, "deadlock"), (a, b) -> b);
    assertThatThrownBy(() -> full.group("more", "deadlock"))
        .hasMessage("group: 'more' (expected: at most 16 groups)");
  }

  @Test
  void namesCanBeHiddenFromStrangersAndNotBeGuessed() throws Exception {
    try (TestService service = settled(health().hidingNames().group("storage", "orders-db"))) {
      for (String accept : List.of("*/*", "application/health+json", "text/plain")) {
        for (String path : List.of("/health", "/ready", "/live", "/startup", "/health/storage")) {
          EndpointResponse response =
              service.nines().endpoints().handle(request(path, Map.of("accept", accept), false));
          assertThat(text(response))
              .as(path + " " + accept)
              .contains("checkout")
              .doesNotContain("orders-db", "deadlock", "checks");
        }
      }
      EndpointResponse guess = ask(service, "/health", "check", "orders-db");
      assertThat(guess.status()).isEqualTo(401);
      assertThat(guess.headers()).containsEntry("WWW-Authenticate", "Bearer");
      assertThat(ask(service, "/health", "check", "nobody").status()).isEqualTo(401);
      assertThat(service.detailed("/health").at("/checks/orders-db/status").asString())
          .isEqualTo("healthy");
    }
  }

  @Test
  void plainTextHasTheStatusFirstAndALineForEachCheck() throws Exception {
    try (TestService service = settled(health())) {
      Map<String, String> plain = Map.of("accept", "text/plain");
      EndpointResponse response =
          service.nines().endpoints().handle(request("/health", plain, false));
      assertThat(response.contentType()).isEqualTo("text/plain; charset=utf-8");
      assertThat(text(response))
          .startsWith("degraded\ncheckout 1.2.3\n"
              + "orders-db: healthy\npayments: unhealthy\ndeadlock: healthy\n");

      String detailed = text(service.nines().endpoints().handle(request("/health", plain, true)));
      assertThat(detailed.lines())
          .noneMatch("forged: healthy"::equals)
          .anySatisfy(line -> assertThat(line)
              .matches(
                  "payments: unhealthy since .*Z, last success never, took \\d+ ms, failed \\d+ times in"
                      + " a row, breaker closed: 10.1.2.3 refused forged: healthy"));
    }
  }

  @Test
  void theAuthorizedSeeWhatWasPromisedOfRecoveryAndWhatWasKept() throws Exception {
    try (TestService service = settled(health())) {
      assertThat(service
              .detailed("/health")
              .at("/recovery/detection/targetSeconds")
              .asDouble())
          .isEqualTo(5);
      assertThat(service.detailed("/health").at("/recovery/unready/incidents").intValue())
          .isZero();
      assertThat(service.detailed("/ready").has("recovery")).isFalse();
      assertThat(service.json("/health").has("recovery")).isFalse();
    }
  }

  @Test
  void theDraftTellsTheAuthorizedAsMuch() throws Exception {
    try (TestService service = settled(health())) {
      String draft = text(service
          .nines()
          .endpoints()
          .handle(request("/health", Map.of("accept", "application/health+json"), true)));
      assertThat(draft)
          .containsPattern("\"payments\":\\[\\{\"componentType\":\"component\",\"status\":\"fail\","
              + "\"time\":\"[^\"]+\",\"observedValue\":\\d+,\"observedUnit\":\"ms\","
              + "\"output\":\"[^\"]+\",\"since\":\"[^\"]+\",\"lastSuccess\":null,"
              + "\"durationMs\":\\d+,\"consecutiveFailures\":\\d+}]");
    }
  }

  @Test
  void whoHasTheAnswerAlreadyIsToldThatItHolds() throws Exception {
    try (TestService service = settled(health())) {
      EndpointResponse first = ask(service, "/health");
      String tag = first.headers().get("ETag");
      assertThat(tag).matches("W/\"[0-9a-f]{16}-j\"");
      assertThat(first.headers())
          .containsEntry("Cache-Control", "no-cache")
          .containsEntry("Vary", "Accept");

      EndpointResponse again = conditional(service, "/health", tag, false);
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers()).isEqualTo(first.headers());
      assertThat(conditional(service, "/health", "\"x\", " + tag.substring(2), false)
              .status())
          .isEqualTo(304);
      assertThat(conditional(service, "/health", "*", false).status()).isEqualTo(304);
      assertThat(conditional(service, "/health", "\"x\"", false).status()).isEqualTo(200);
      assertThat(conditional(service, "/ready", tag, false).status()).isEqualTo(200);

      EndpointResponse detailed = conditional(service, "/health", tag, true);
      assertThat(detailed.status()).as("a stranger's tag").isEqualTo(200);
      assertThat(detailed.headers()).containsEntry("Cache-Control", "no-store");

      payments.set(CheckResult.healthy());
      await().until(() -> conditional(service, "/health", tag, false).status() == 200);
      assertThat(ask(service, "/health").headers().get("ETag")).isNotEqualTo(tag);
    }
  }

  @Test
  void whatIsUnhealthyIsToldInFullWhateverTheClientHas() throws Exception {
    try (TestService service = settled(health().group("money", "payments"))) {
      String tag = ask(service, "/health/money").headers().get("ETag");

      assertThat(conditional(service, "/health/money", tag, false).status()).isEqualTo(503);
      assertThat(conditional(service, "/health/money", "*", false).status()).isEqualTo(503);
    }
  }

  private TestService settled(HealthEndpoints health) throws Exception {
    TestService service = TestService.running(
        DETECTION,
        health,
        Dependency.required("orders-db", run -> CheckResult.healthy()),
        Dependency.optional("payments", run -> payments.get()));
    await()
        .until(() -> service.status("/ready") == 200
            && service
                .detailed("/health")
                .at("/checks/payments/status")
                .asString()
                .equals("unhealthy"));
    return service;
  }

  private static HealthEndpoints health() {
    return HealthEndpoints.standard().withoutSaturation();
  }

  private static EndpointResponse conditional(
      TestService service, String path, String tag, boolean authorized) {
    return service
        .nines()
        .endpoints()
        .handle(request(path, Map.of("if-none-match", tag), authorized));
  }

  private static EndpointRequest request(
      String path, Map<String, String> headers, boolean authorized) {
    return new EndpointRequest("GET", path, Map.of(), headers, authorized);
  }

  /** Asks with the values of one parameter, each preceded by its name. */
  private static EndpointResponse ask(TestService service, String path, String... query) {
    List<String> values = IntStream.range(0, query.length)
        .filter(i -> i % 2 == 1)
        .mapToObj(i -> query[i])
        .toList();
    Map<String, List<String>> parameters =
        values.isEmpty() ? Map.of() : Map.of(Arrays.asList(query).get(0), values);
    return service
        .nines()
        .endpoints()
        .handle(new EndpointRequest("GET", path, parameters, Map.of(), false));
  }

  private static String text(EndpointResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
