package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The queries of docs/metrics.md return data on a Prometheus, Debian's, that scrapes the quickstart. */
class MetricQueriesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension
  static final RunningQuickstart QUICKSTART = RunningQuickstart.withQuickerTargets();

  private final HttpClient client = HttpClient.newHttpClient();
  private URI uri;
  private Process prometheus;

  @TempDir
  Path directory;

  @AfterEach
  void stop() throws InterruptedException {
    prometheus.destroy();
    assertThat(prometheus.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eachQueryOfAMetricThatTheQuickstartHasReturnsData() throws Exception {
    order();
    startPrometheus(URI.create(QUICKSTART.url("admin")));
    String exposed = QUICKSTART.admin("/metrics").body();
    List<Metric> had = Metrics.all().stream()
        .filter(metric -> exposed.contains("# TYPE " + metric.name() + " "))
        .toList();
    assertThat(had)
        .contains(
            Metrics.SERVER_DURATION,
            Metrics.CALL_DURATION,
            Metrics.REQUESTS_BAD,
            Metrics.BURN_RATE,
            Metrics.BUDGET_STATE,
            Metrics.CHECK_STATUS,
            Metrics.BREAKER_STATE,
            Metrics.SATURATION);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(had)
        .allSatisfy(
            metric -> assertThat(resultOf(metric.query())).as(metric.query()).isPositive()));
  }

  private static void order() {
    for (int i = 0; i < 3; i++) {
      assertThat(
              QUICKSTART.post("/orders", "{\"item\":\"book\",\"cents\":1999}").status())
          .isBetween(200, 499);
      assertThat(QUICKSTART.get("/orders/1").status()).isBetween(200, 499);
    }
  }

  private int resultOf(String promQl) {
    try {
      String query = URLEncoder.encode(promQl, StandardCharsets.UTF_8);
      return JsonMapper.shared()
          .readTree(get("/api/v1/query?query=" + query))
          .path("data")
          .path("result")
          .size();
    } catch (IOException e) {
      return 0;
    }
  }

  private void startPrometheus(URI admin) throws IOException {
    Path config = Files.writeString(
        directory.resolve("prometheus.yml"),
        "global: {scrape_interval: 1s}\n"
            + "scrape_configs: [{job_name: orders, static_configs: [{targets: ['"
            + admin.getHost() + ":" + admin.getPort() + "']}]}]\n");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    uri = URI.create("http://127.0.0.1:" + port);
    prometheus = new ProcessBuilder(
            "prometheus",
            "--config.file=" + config,
            "--storage.tsdb.path=" + directory.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("prometheus.log").toFile())
        .start();
  }

  private String get(String path) throws IOException {
    try {
      return client
          .send(HttpRequest.newBuilder(uri.resolve(path)).build(), BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
