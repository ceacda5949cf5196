package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LintEndpointTest {

  @Test
  void aServiceOfOursIsClean() throws Exception {
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      service.requests.serve("GET /orders/{id}", 200).fail("POST /orders", new Exception());
      service.dependencies().guards().get(0).call(() -> "paid");
      JsonNode body = json(lint(service, Map.of(), true));

      assertThat(body.get("status").asString()).isEqualTo("clean");
      assertThat(body.get("findings").isEmpty()).isTrue();
      assertThat(body.get("series").asInt()).isPositive();
      assertThat(body.get("maxSeries").asInt()).isEqualTo(10_000);
    }
  }

  @Test
  void aFindingIsMachineReadable() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService service = new TestService(signals)) {
      bad(signals.registry());
      JsonNode body = json(lint(service, Map.of("accept", "*/*"), true));
      JsonNode finding = body.get("findings").get(0);

      assertThat(body.get("status").asString()).isEqualTo("findings");
      assertThat(body.get("errors").intValue()).isZero();
      assertThat(body.get("warnings").asInt()).isEqualTo(1);
      assertThat(finding.get("rule").asString()).isEqualTo("base-unit");
      assertThat(finding.get("metric").asString()).isEqualTo("wait_milliseconds");
      assertThat(finding.get("severity").asString()).isEqualTo("warning");
      assertThat(finding.get("message").asString()).isEqualTo("It is measured in milliseconds.");
      assertThat(finding.get("fix").asString())
          .isEqualTo("Measure in the base unit, seconds, and name it so.");
    }
  }

  @Test
  void strangersAreToldHowManyAndNotWhich() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService service = new TestService(signals)) {
      bad(signals.registry());

      assertThat(text(lint(service, Map.of(), false)))
          .contains("\"warnings\":1")
          .doesNotContain("wait_milliseconds", "findings\":[");
      assertThat(text(lint(service, Map.of("accept", "text/plain"), false)))
          .isEqualTo("0 errors, 1 warnings\n");
    }
  }

  @Test
  void whoPrefersTextGetsText() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService service = new TestService(signals)) {
      bad(signals.registry());
      EndpointResponse response = lint(service, Map.of("accept", "text/plain"), true);

      assertThat(response.contentType()).startsWith("text/plain");
      assertThat(response.headers()).containsEntry("Vary", "Accept");
      assertThat(text(response)).isEqualTo("""
              0 errors, 1 warnings
              warning wait_milliseconds (base-unit): It is measured in milliseconds. \
              Measure in the base unit, seconds, and name it so.
              """);
      assertThat(lint(service, Map.of("accept", "application/json, text/plain;q=0.5"), true)
              .contentType())
          .isEqualTo("application/json");
    }
  }

  @Test
  void aMeterThatWasNotTakenIsTold() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService service = new TestService(signals)) {
      signals.registry().counter("orders");
      Gauge.builder("orders.total", () -> 1).register(signals.registry());

      assertThat(text(lint(service, Map.of("accept", "text/plain"), true)))
          .contains("error orders.total (name-collision): It was not registered");
    }
  }

  @Test
  void aRegistryThatIsNotPrometheusIsLookedAtAsIfItWere() throws Exception {
    MeterRegistry mine = new SimpleMeterRegistry();
    try (TestService service = new TestService(GoldenSignals.on(mine))) {
      service.requests.serve("GET /", 200);
      bad(mine);
      mine.timer("http.server.requests", "uri", "/").record(java.time.Duration.ofMillis(1));

      assertThat(text(lint(service, Map.of("accept", "text/plain"), true)))
          .contains(
              "wait_milliseconds (base-unit)", "http_server_requests_seconds (same-requests)");
    }
  }

  private static void bad(MeterRegistry registry) {
    Gauge.builder("wait.milliseconds", () -> 1).description("Waiting.").register(registry);
  }

  private static EndpointResponse lint(
      TestService service, Map<String, String> headers, boolean authorized) {
    Endpoint endpoint = service.endpoints().stream()
        .filter(e -> e.path().equals("/metrics/lint"))
        .findFirst()
        .orElseThrow();
    return endpoint.handle(
        new EndpointRequest("GET", "/metrics/lint", Map.of(), headers, authorized));
  }

  private static JsonNode json(EndpointResponse response) {
    assertThat(response.status()).isEqualTo(200);
    return new JsonMapper().readTree(response.body());
  }

  private static String text(EndpointResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
