package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.targets.Durations;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spring Boot's names in place of OpenTelemetry's. */
class RequestNamingTest {

  private static final String DURATION = "http_server_requests_seconds";
  private static final String ORDER = "GET /orders/{id}";

  private final TestService service =
      new TestService(GoldenSignals.prometheus().naming(RequestNaming.SPRING));

  @AfterEach
  void close() throws Exception {
    service.close();
  }

  @Test
  void aRequestIsTimedOnceUnderSpringsLabels() {
    service.requests.serve(ORDER, 200, Duration.ofMillis(300));

    assertThat(count("none", "GET", "SUCCESS", "200", "/orders/{id}")).isEqualTo(1);
    assertThat(service.scrape()).doesNotContain("http_server_request_duration_seconds");
  }

  @Test
  void theBoundsAreTheDerivedOnes() {
    service.requests.serve(ORDER, 200);

    assertThat(scraped()
            .samples(DURATION + "_bucket", labels("none", "GET", "SUCCESS", "200", "/orders/{id}")))
        .extracting(sample -> sample.labels().get("le"))
        .filteredOn(le -> !le.equals("+Inf"))
        .extracting(Double::parseDouble)
        .containsExactlyElementsOf(
            service.settings().latencyBounds().stream().map(Durations::seconds).toList());
  }

  @Test
  void anExceptionIsCalledByItsSimpleName() {
    service.requests.fail(ORDER, new IllegalStateException()).serve(ORDER, 502).serve(ORDER, 409);
    service.requests.begin(ORDER).abort(0, new IOException());

    assertThat(count("IllegalStateException", "GET", "SERVER_ERROR", "500", "/orders/{id}"))
        .isEqualTo(1);
    assertThat(count("none", "GET", "SERVER_ERROR", "502", "/orders/{id}")).isEqualTo(1);
    assertThat(count("none", "GET", "CLIENT_ERROR", "409", "/orders/{id}")).isEqualTo(1);
    assertThat(count("client_abort", "GET", "UNKNOWN", "UNKNOWN", "/orders/{id}"))
        .isEqualTo(1);
  }

  @Test
  void whatNoPatternMatchesHasSpringsNamesForIt() {
    service.requests.serve("GET _OTHER", 404).serve("GET _OTHER", 302).serve("BREW _OTHER", 401);

    assertThat(count("none", "GET", "CLIENT_ERROR", "404", "NOT_FOUND")).isEqualTo(1);
    assertThat(count("none", "GET", "REDIRECTION", "302", "REDIRECTION")).isEqualTo(1);
    assertThat(count("none", "UNKNOWN", "CLIENT_ERROR", "401", "UNKNOWN")).isEqualTo(1);
  }

  @Test
  void theApplicationsRegistryKnowsTheTimerAsMicrometerDoes() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (TestService theirs =
        new TestService(GoldenSignals.on(registry).naming(RequestNaming.SPRING))) {
      theirs.requests.serve(ORDER, 200);

      assertThat(registry
              .get("http.server.requests")
              .tag("uri", "/orders/{id}")
              .timer()
              .count())
          .isEqualTo(1);
    }
  }

  @Test
  void aNameDeclaredAfterTheStartIsRefused() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (TestService started = new TestService(signals)) {
      assertThatThrownBy(() -> signals.naming(RequestNaming.SPRING))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("declared late");
    }
  }

  private double count(String exception, String method, String outcome, String status, String uri) {
    return scraped().value(DURATION + "_count", labels(exception, method, outcome, status, uri));
  }

  private Exposition scraped() {
    return Exposition.parse(service.scrape());
  }

  private static String[] labels(
      String exception, String method, String outcome, String status, String uri) {
    return List.of(
            "error", exception,
            "exception", exception,
            "method", method,
            "outcome", outcome,
            "status", status,
            "uri", uri)
        .toArray(String[]::new);
  }
}
