package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.request.Exchange;
import dev.nines.targets.Durations;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.ReliabilityTargets;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerSignalsTest {

  private static final String DURATION = "http_server_request_duration_seconds";
  private static final String ORDER = "GET /orders/{id}";

  private final TestService service = new TestService(GoldenSignals.prometheus());

  @AfterEach
  void close() throws Exception {
    service.close();
  }

  @Test
  void aRequestIsTimedUnderItsRouteMethodAndStatus() {
    service
        .requests
        .serve(ORDER, 200, Duration.ofMillis(300))
        .serve(ORDER, 200, Duration.ofMillis(200));

    String[] labels = labels("GET", "/orders/{id}", "200", "");
    assertThat(scraped().value(DURATION + "_count", labels)).isEqualTo(2);
    assertThat(scraped().value(DURATION + "_sum", labels)).isEqualTo(0.5);
  }

  @Test
  void aBoundHoldsWhatEqualsIt() {
    service
        .requests
        .serve(ORDER, 200, Duration.ofMillis(200))
        .serve(ORDER, 200, Duration.ofMillis(200).plusNanos(1));

    assertThat(bucket("0.2")).isEqualTo(1);
    assertThat(bucket("0.5")).isEqualTo(2);
  }

  @Test
  void theBoundsAreTheDerivedOnesAndNoOthers() {
    service.requests.serve(ORDER, 200);

    assertThat(bounds(service)).containsExactly(derived(service));
  }

  @Test
  void theBoundsMoveWithTheTargets() throws Exception {
    ReliabilityTargets targets = ReliabilityTargets.builder()
        .latency(LatencyTargets.of(Duration.ofMillis(70), Duration.ofMillis(333)))
        .build();
    try (TestService moved =
        new TestService(GoldenSignals.prometheus(), targets, OpenTelemetry.noop())) {
      moved.requests.serve(ORDER, 200);

      assertThat(bounds(moved)).contains(0.07, 0.333).containsExactly(derived(moved));
    }
  }

  @Test
  void anErrorHasItsType() {
    service.requests.fail(ORDER, new IllegalStateException()).serve(ORDER, 502).reject(ORDER);

    for (String[] error : List.of(
        labels("GET", "/orders/{id}", "500", "java.lang.IllegalStateException"),
        labels("GET", "/orders/{id}", "502", "502"),
        labels("GET", "/orders/{id}", "503", "503"))) {
      assertThat(scraped().value(DURATION + "_count", error)).isEqualTo(1);
    }
  }

  @Test
  void anAbortPassesNeitherForASuccessNorForAnErrorOfOurs() {
    service.requests.abort(ORDER);
    service.requests.begin(ORDER).abort(0, new IOException());

    assertThat(scraped()
            .value(DURATION + "_count", labels("GET", "/orders/{id}", "200", "client_abort")))
        .isEqualTo(1);
    assertThat(
            scraped().value(DURATION + "_count", labels("GET", "/orders/{id}", "", "client_abort")))
        .isEqualTo(1);
  }

  @Test
  void aCallersMistakeHasNoErrorType() {
    service.requests.serve(ORDER, 404);

    assertThat(scraped().value(DURATION + "_count", labels("GET", "/orders/{id}", "404", "")))
        .isEqualTo(1);
  }

  @Test
  void openRequestsAreCountedUntilTheyEnd() {
    Exchange first = service.requests.begin(ORDER);
    Exchange second = service.requests.begin(ORDER);
    assertThat(scraped().value("http_server_active_requests")).isEqualTo(2);

    first.end(200);
    second.abort(0, null);
    assertThat(scraped().value("http_server_active_requests")).isZero();
  }

  @Test
  void whatIsSureToBeAskedForIsThereAtZero() {
    for (String[] known : List.of(
        labels("POST", "/orders", "200", ""),
        labels("GET", "_OTHER", "404", ""),
        labels("_OTHER", "_OTHER", "404", ""))) {
      assertThat(scraped().value(DURATION + "_count", known)).isZero();
    }
  }

  @Test
  void floodsOfPathsMethodsAndIdsMakeUnder50Series() {
    service.requests.serve("GET /orders", 200).serve(ORDER, 200);
    int before = scraped().samples().size();

    for (int i = 0; i < 10_000; i++) {
      service.requests.serve(
          "GET _OTHER", 404); // as an adapter names a path that no template matches
    }
    for (int i = 0; i < 5_000; i++) {
      service.requests.serve("BREW" + i + " _OTHER", 404);
    }
    for (int i = 0; i < 2_000; i++) {
      service.requests.serve(ORDER, 404);
    }

    assertThat(scraped().samples().size() - before).isLessThan(50);
  }

  @Test
  void aFrameworkThatNamesRawPathsIsFoldedAtTheCap() {
    for (int i = 0; i < 10_000; i++) {
      service.requests.serve("GET /orders/" + i, 200);
    }

    assertThat(scraped().samples(DURATION + "_count")).hasSizeLessThan(1_010);
    assertThat(service.routes().folded()).isGreaterThan(8_900);
  }

  @Test
  void typesOfErrorsAreBounded() {
    ErrorTypes types = new ErrorTypes();
    for (int i = 0; i < ErrorTypes.MOST; i++) {
      assertThat(types.bounded("com.example.Generated$" + i)).endsWith("$" + i);
    }

    assertThat(types.bounded("com.example.OneMore")).isEqualTo("_OTHER");
    assertThat(types.bounded("com.example.Generated$0")).endsWith("$0");
    assertThat(types.bounded(null)).isEmpty();
  }

  @Test
  void aStatusOutsideOfHttpMakesNoSeriesOfItsOwn() {
    service.requests.serve(ORDER, 77).serve(ORDER, 1_000_000).serve(ORDER, -3);

    assertThat(scraped().samples(DURATION + "_count", "http_response_status_code", "_OTHER"))
        .isNotEmpty()
        .allSatisfy(
            sample -> assertThat(sample.labels().get("http_route")).isEqualTo("/orders/{id}"));
  }

  private double bucket(String le) {
    String[] labels = labels("GET", "/orders/{id}", "200", "");
    return scraped().samples(DURATION + "_bucket", labels).stream()
        .filter(sample -> le.equals(sample.labels().get("le")))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static double[] bounds(TestService service) {
    return Exposition.parse(service.scrape())
        .samples(DURATION + "_bucket", labels("GET", "/orders/{id}", "200", ""))
        .stream()
        .map(sample -> sample.labels().get("le"))
        .filter(le -> !le.equals("+Inf"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static double[] derived(TestService service) {
    return service.settings().latencyBounds().stream()
        .flatMapToDouble(bound -> DoubleStream.of(Durations.seconds(bound)))
        .toArray();
  }

  private Exposition scraped() {
    return Exposition.parse(service.scrape());
  }

  private static String[] labels(String method, String route, String status, String errorType) {
    return new String[] {
      "http_request_method", method,
      "http_route", route,
      "http_response_status_code", status,
      "error_type", errorType
    };
  }
}
