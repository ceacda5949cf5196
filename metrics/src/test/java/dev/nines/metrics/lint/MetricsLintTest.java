package dev.nines.metrics.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.MetricKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsLintTest {

  private static final Map<String, String> REQUEST = Map.of("method", "GET", "status", "200");

  @Test
  void aCleanExposureHasNoFindings() {
    assertThat(lint(gauge("depth", Map.of("queue", "in")), ours())).isEmpty();
  }

  @Test
  void everyFindingSaysWhatIsWrongAndHowToFixIt() {
    List<Finding> found = lint(gauge("depth_count", Map.of("user_id", "1", "job", "x")));

    assertThat(found)
        .extracting(Finding::rule)
        .containsExactly("reserved-suffix", "target-label", "unbounded-label");
    assertThat(found).allSatisfy(finding -> {
      assertThat(finding.metric()).isEqualTo("depth_count");
      assertThat(finding.message()).endsWith(".");
      assertThat(finding.fix()).endsWith(".");
    });
  }

  @Test
  void aNameThatIsAPartOfAnotherCollides() {
    ExposedFamily histogram = family("wait_seconds", MetricKind.HISTOGRAM, 0, Map.of());
    ExposedFamily summary = family("wait_seconds_count", MetricKind.SUMMARY, 0, Map.of());
    ExposedFamily counter = family("orders_total", MetricKind.COUNTER, 0, Map.of());
    ExposedFamily gauge = gauge("orders", Map.of());

    assertThat(lint(histogram, summary, counter, gauge))
        .extracting(finding -> finding.rule() + " " + finding.metric() + " " + finding.severity())
        .containsExactly("name-collision orders ERROR", "name-collision wait_seconds_count ERROR");
  }

  @Test
  void aMeterThatTheRegistryDidNotTakeIsAnError() {
    Exposure exposure = new Exposure(
        List.of(), List.of(new Exposure.Failure("orders", "taken.")), 1, 100, 0, List.of());

    assertThat(MetricsLint.check(exposure)).singleElement().satisfies(finding -> {
      assertThat(finding.severity()).isEqualTo(Severity.ERROR);
      assertThat(finding.message()).isEqualTo("It was not registered: taken.");
    });
  }

  @Test
  void seriesOfDifferentLabelsAreFound() {
    List<Map<String, String>> points = List.of(Map.of("queue", "in"), Map.of("topic", "in"));
    ExposedFamily mixed = new ExposedFamily("depth", MetricKind.GAUGE, "", "Depth.", points, 1, 0);
    assertThat(lint(mixed)).extracting(Finding::rule).containsExactly("inconsistent-labels");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6e8bc430-9c3a-11d9-9669-0800200c9a6%d",
        "10000%d",
        "4bf92f3577b34da6a3ce929d0e0e473%d",
        "user%d@example.org",
        "10.0.0.%d",
        "10.0.0.%d:8080",
        "/orders/%d",
        "/orders/%d/items"
      })
  void valuesThatLookLikeIdsAreFound(String pattern) {
    assertThat(lint(labelled(pattern, 3))).extracting(Finding::rule).contains("unbounded-label");
    assertThat(lint(labelled(pattern, 2))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/orders/{id}/v%d", "G1 Old Gen %d", "50%d", "deadbeefdeadbeef", "%d.5", "web-%d"})
  void ordinaryValuesAreNot(String pattern) {
    assertThat(lint(labelled(pattern, 9))).isEmpty();
  }

  @Test
  void veryManyValuesAreFound() {
    assertThat(lint(labelled("route-%d", 200))).isEmpty();
    assertThat(lint(labelled("route-%d", 201)))
        .singleElement()
        .extracting(Finding::message)
        .isEqualTo("Its label label has 201 values.");
  }

  @Test
  void aLongValueCostsNoTime() {
    String evil = "/".repeat(100_000) + "1x";

    assertThat(lint(gauge("depth", Map.of("label", evil)))).isEmpty();
  }

  @Test
  void aSecondInstrumentationOfTheSameRequestsIsFound() {
    ExposedFamily spring =
        family("http_server_requests_seconds", MetricKind.SUMMARY, 5, Map.of("uri", "/"));
    ExposedFamily unknown = family("acme_web_seconds", MetricKind.HISTOGRAM, 5, REQUEST);
    ExposedFamily client = family("http_client_requests_seconds", MetricKind.SUMMARY, 5, REQUEST);

    assertThat(lint(ours(), spring, unknown, client))
        .extracting(finding -> finding.rule() + " " + finding.metric())
        .containsExactly(
            "same-requests acme_web_seconds", "same-requests http_server_requests_seconds");
    assertThat(lint(
            client,
            family("http_client_request_duration_seconds", MetricKind.HISTOGRAM, 1, Map.of())))
        .extracting(Finding::metric)
        .containsExactly("http_client_requests_seconds");
  }

  @Test
  void anotherInstrumentationThatSeesNothingOrIsAloneIsFine() {
    ExposedFamily idle = family("http_server_requests_seconds", MetricKind.SUMMARY, 0, REQUEST);
    ExposedFamily busy = family("http_server_requests_seconds", MetricKind.SUMMARY, 1, REQUEST);

    assertThat(lint(ours(), idle)).isEmpty();
    assertThat(lint(busy)).isEmpty();
  }

  @Test
  void openTelemetrysAgentBesideOursIsFound() {
    Exposure exposure = new Exposure(
        List.of(ours()),
        List.of(),
        1,
        100,
        0,
        List.of("-javaagent:/opt/opentelemetry-javaagent.jar"));

    assertThat(MetricsLint.check(exposure))
        .extracting(Finding::rule)
        .containsExactly("same-requests");
  }

  @Test
  void theLargestMetricsAreNamedAsTheMaximumNears() {
    ExposedFamily big = labelled("v%d", 80);

    assertThat(MetricsLint.check(new Exposure(List.of(big), List.of(), 79, 100, 0, List.of())))
        .isEmpty();
    assertThat(MetricsLint.check(new Exposure(List.of(big), List.of(), 80, 100, 0, List.of())))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Severity.WARNING);
          assertThat(finding.message())
              .isEqualTo("80 of 80 series are its own; the maximum is 100.");
        });
    assertThat(MetricsLint.check(new Exposure(List.of(big), List.of(), 100, 100, 7, List.of())))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Severity.ERROR);
          assertThat(finding.message()).endsWith("and 7 did not fit.");
        });
  }

  private static List<Finding> lint(ExposedFamily... families) {
    return MetricsLint.check(
        new Exposure(List.of(families), List.of(), families.length, 10_000, 0, List.of()));
  }

  private static ExposedFamily ours() {
    return family("http_server_request_duration_seconds", MetricKind.HISTOGRAM, 5, Map.of());
  }

  private static ExposedFamily labelled(String pattern, int values) {
    List<Map<String, String>> points = new ArrayList<>();
    IntStream.rangeClosed(1, values)
        .forEach(i -> points.add(Map.of("label", pattern.formatted(i))));
    return new ExposedFamily("depth", MetricKind.GAUGE, "", "Depth.", points, 1, 0);
  }

  private static ExposedFamily gauge(String name, Map<String, String> point) {
    return family(name, MetricKind.GAUGE, 0, point);
  }

  private static ExposedFamily family(
      String name, MetricKind kind, double observed, Map<String, String> point) {
    return new ExposedFamily(name, kind, "", "Something.", List.of(point), 1, observed);
  }
}
