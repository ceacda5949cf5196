package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.endpoint.AdminServer;
import dev.nines.http.Routes;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.RealPrometheus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A running service, read by those who will read it: Debian's Prometheus, and the parser of Prometheus' Python client. */
class RealScrapeTest {

  private static final String SAMPLED = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String UNSAMPLED = "5cf92f3577b34da6a3ce929d0e0e4736";
  private static final String DURATION = "http_server_request_duration_seconds";
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Nines nines = Nines.builder("shop")
      .targets(TARGETS)
      .install(GoldenSignals.prometheus())
      .admin(AdminServer.onPort(0))
      .start();
  private HttpServer server;

  @TempDir
  Path directory;

  @BeforeEach
  void serve() throws Exception {
    server = nines
        .http()
        .install(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            Routes.of("GET /orders/{id}"));
    server.createContext("/orders", exchange -> {
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();
    for (int i = 0; i < 20; i++) {
      get(i % 2 == 0 ? SAMPLED + "-00f067aa0ba902b7-01" : UNSAMPLED + "-00f067aa0ba902b7-00");
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
    nines.close();
  }

  @Test
  void prometheusKeepsTheExemplarsOfSampledTracesAndOfNoOthers() throws Exception {
    try (RealPrometheus prometheus = scraping("--enable-feature=exemplar-storage")) {
      await().atMost(PATIENCE).untilAsserted(() -> {
        String exemplars = prometheus.exemplars(DURATION + "_bucket").toString();
        assertThat(exemplars).contains(SAMPLED).contains("span_id").doesNotContain(UNSAMPLED);
      });
      assertThat(prometheus.query(DURATION + "_bucket{http_route=\"/orders/{id}\",le=\"+Inf\"}"))
          .hasSize(1);
      assertThat(prometheus.targets().get(0).path("lastError").asString()).isEmpty();
    }
  }

  @Test
  void aPrometheusThatWantsNativeHistogramsGetsThem() throws Exception {
    try (RealPrometheus prometheus =
        scraping("--enable-feature=native-histograms,exemplar-storage")) {
      String served = DURATION + "{http_route=\"/orders/{id}\"}";
      await().atMost(PATIENCE).until(() -> prometheus.query(served).size() == 1);
      JsonNode histogram = prometheus.query(served).get(0).path("histogram").get(1);

      assertThat(histogram.path("count").asString()).isEqualTo("20");
      assertThat(histogram.path("buckets")).isNotEmpty();
      double median = Double.parseDouble(prometheus
          .query("histogram_quantile(0.5, " + served + ")")
          .get(0)
          .path("value")
          .get(1)
          .asString());
      assertThat(median).isBetween(0.0, 60.0);
      assertThat(prometheus.query("nines_exchanges_total{outcome=\"success\"}")).hasSize(1);
      assertThat(prometheus.targets().get(0).path("lastError").asString()).isEmpty();
    }
  }

  @Test
  void theStrictParserOfThePythonClientReadsOpenMetricsWithItsExemplars() throws Exception {
    String exposition = metrics(OPEN_METRICS);
    assertThat(exposition).contains("trace_id=\"" + SAMPLED);

    assertThat(parsed(exposition, "openmetrics.parser"))
        .contains(DURATION + " histogram")
        .contains("exemplar " + SAMPLED)
        .doesNotContain(UNSAMPLED);
  }

  @Test
  void theParserOfThePythonClientReadsPlainText() throws Exception {
    assertThat(parsed(metrics("text/plain"), "parser"))
        .contains(DURATION + " histogram", "nines_requests_good counter");
  }

  /** Returns a line for each metric and each exemplar; Debian's python3-prometheus-client has the parser. */
  private static String parsed(String exposition, String module)
      throws IOException, InterruptedException {
    String script = "import sys\n"
        + "from prometheus_client." + module
        + " import text_string_to_metric_families as parse\n"
        + "for f in parse(sys.stdin.read()):\n"
        + "  print(f.name, f.type)\n"
        + "  for s in f.samples:\n"
        + "    if s.exemplar: print('exemplar', s.exemplar.labels['trace_id'])\n";
    Process python = new ProcessBuilder("/usr/bin/python3", "-c", script)
        .redirectErrorStream(true)
        .start();
    try (var in = python.getOutputStream()) {
      in.write(exposition.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(python.exitValue()).as(said).isZero();
    return said;
  }

  private RealPrometheus scraping(String... flags) throws Exception {
    return new RealPrometheus(directory, RealPrometheus.scraping("shop", admin()), flags);
  }

  private String metrics(String accept) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(admin()).header("Accept", accept).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private void get(String traceparent) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/orders/1");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("traceparent", "00-" + traceparent).build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }

  private URI admin() {
    return URI.create("http://localhost:" + nines.adminPort().orElseThrow() + "/metrics");
  }
}
