package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metrics;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector gets, read by OpenTelemetry's own protobufs. */
class OtlpPushTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  private final List<ResourceMetrics> received = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private HttpServer collector;

  @BeforeEach
  void collect() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/metrics", exchange -> {
      received.addAll(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody())
          .getResourceMetricsList());
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void aCollectorGetsWhatAScraperWouldInOpenTelemetrysWords() throws Exception {
    OtlpPush push = push().header("Authorization", "Bearer of-news");
    try (TestService service = new TestService(GoldenSignals.prometheus().push(push))) {
      service.requests.serve("GET /orders/{id}", 200, Duration.ofMillis(150));
      service.requests.serve("GET /orders/{id}", 200, Duration.ofSeconds(20));
      service.requests.serve("GET /orders/{id}", 500);
      await().atMost(PATIENCE).until(() -> !received.isEmpty());
      received.clear();
      await().atMost(PATIENCE).until(() -> !received.isEmpty());

      ResourceMetrics last = received.get(0);
      assertThat(attributes(last.getResource().getAttributesList()))
          .containsEntry("service.name", "test")
          .containsEntry("service.version", "1");
      Map<String, Metric> metrics =
          metrics(last).stream().collect(Collectors.toMap(Metric::getName, m -> m, (a, b) -> a));
      Metric duration = metrics.get("http.server.request.duration");
      assertThat(duration.getUnit()).isEqualTo("s");
      assertThat(duration.getDescription()).isEqualTo(Metrics.SERVER_DURATION.help());
      HistogramDataPoint served = duration.getHistogram().getDataPointsList().stream()
          .filter(point -> attributes(point.getAttributesList())
              .equals(Map.of(
                  "http.request.method", "GET",
                  "http.route", "/orders/{id}",
                  "http.response.status_code", "200")))
          .findFirst()
          .orElseThrow();
      assertThat(served.getCount()).isEqualTo(2);
      assertThat(served.getSum()).isEqualTo(20.15);
      assertThat(served.getExplicitBoundsList()).contains(0.2, 0.5, 10.0);
      assertThat(served.getBucketCountsList()).hasSize(served.getExplicitBoundsCount() + 1);
      assertThat(served.getBucketCounts(served.getExplicitBoundsList().indexOf(0.2)))
          .isEqualTo(1);
      assertThat(served.getBucketCounts(served.getExplicitBoundsCount())).isEqualTo(1);
      Metric bad = metrics.get("nines.requests.bad");
      assertThat(bad.getSum().getIsMonotonic()).isTrue();
      assertThat(bad.getSum().getDataPointsList())
          .filteredOn(p -> attributes(p.getAttributesList()).containsValue("errors"))
          .filteredOn(p -> attributes(p.getAttributesList()).containsValue("default"))
          .extracting(NumberDataPoint::getAsDouble)
          .containsExactly(1.0);
      assertThat(metrics.get("nines.target").getGauge().getDataPointsList()).isNotEmpty();
      assertThat(authorizations).containsOnly("Bearer of-news");
    }
  }

  @Test
  void whatWasMeasuredUntilTheEndIsPushedWhenNinesCloses() {
    Nines nines = Nines.builder("shop")
        .targets(TARGETS)
        .install(GoldenSignals.prometheus().push(to().every(Duration.ofHours(1))))
        .start();
    assertThat(received).isEmpty();
    nines.close();

    assertThat(received).hasSize(1);
    assertThat(metrics(received.get(0)))
        .extracting(Metric::getName)
        .contains("nines.exchanges", "nines.error.budget.remaining", "jvm.memory.used");
  }

  @Test
  void aCollectorThatFailsIsCountedAndTheNextPushHasAll() throws Exception {
    status = 400;
    try (TestService service = new TestService(GoldenSignals.prometheus().push(push()))) {
      service.requests.serve("GET /", 200);
      await()
          .atMost(PATIENCE)
          .until(() -> Exposition.parse(service.scrape())
                  .value("nines_telemetry_dropped_total", "signal", "metrics")
              > 0);
      status = 200;
      received.clear();
      await().atMost(PATIENCE).until(() -> !received.isEmpty());

      assertThat(metrics(received.get(0)))
          .filteredOn(metric -> metric.getName().equals("nines.exchanges"))
          .flatExtracting(metric -> metric.getSum().getDataPointsList())
          .extracting(NumberDataPoint::getAsDouble)
          .contains(1.0);
    }
  }

  @Test
  void anAddressThatIsNoneIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> OtlpPush.to(URI.create("grpc://user:secret@collector:4317")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://collector:4318/v1/metrics")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> to().every(Duration.ofMillis(1)))
        .hasMessage("otlp.interval: PT0.001S (expected: PT1S to PT1H)");
  }

  /** Returns all metrics, for OpenTelemetry's SDK tells of itself, too. */
  private static List<Metric> metrics(ResourceMetrics resource) {
    return resource.getScopeMetricsList().stream()
        .flatMap(scope -> scope.getMetricsList().stream())
        .toList();
  }

  private OtlpPush push() {
    return to().every(Duration.ofSeconds(1));
  }

  private OtlpPush to() {
    return OtlpPush.to(
        URI.create("http://localhost:" + collector.getAddress().getPort() + "/v1/metrics"));
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(
            KeyValue::getKey,
            a -> a.getValue().hasIntValue()
                ? Long.toString(a.getValue().getIntValue())
                : a.getValue().getStringValue()));
  }
}
