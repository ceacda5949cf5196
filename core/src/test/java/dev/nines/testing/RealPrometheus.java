package dev.nines.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's Prometheus in a process of its own, on a free port; {@code apt-get install prometheus} brings it. */
public final class RealPrometheus implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI uri;
  private final Process process;

  /**
   * Starts one and waits until it is ready.
   *
   * @param directory where its data and its configuration lie; data that is there is served
   * @param scrapeConfigs the part of its configuration below {@code scrape_configs:}
   */
  public RealPrometheus(Path directory, String scrapeConfigs, String... flags)
      throws IOException, InterruptedException {
    Path config = Files.writeString(
        directory.resolve("prometheus.yml"),
        "global: {scrape_interval: 1s}\nscrape_configs:\n" + scrapeConfigs);
    int port = freePort();
    uri = URI.create("http://127.0.0.1:" + port);
    List<String> command = new ArrayList<>(List.of(
        "prometheus",
        "--config.file=" + config,
        "--storage.tsdb.path=" + directory.resolve("data"),
        "--storage.tsdb.retention.time=10y",
        "--web.listen-address=127.0.0.1:" + port));
    command.addAll(List.of(flags));
    Path log = directory.resolve("prometheus.log");
    process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ready()) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
        process.destroyForcibly();
        throw new IllegalStateException("Prometheus does not start: " + Files.readString(log));
      }
    }
  }

  /** Returns the part of a configuration that scrapes one target each second. */
  public static String scraping(String job, URI metrics) {
    return "  - job_name: " + job + "\n    metrics_path: " + metrics.getPath()
        + "\n    static_configs: [{targets: ['" + metrics.getHost() + ":" + metrics.getPort()
        + "']}]\n";
  }

  public URI uri() {
    return uri;
  }

  /** Returns the result of an instant query; fails where Prometheus finds fault with the query. */
  public JsonNode query(String promQl) {
    return get("/api/v1/query?query=" + encoded(promQl)).path("data").path("result");
  }

  /** Returns the exemplars of the last hour. */
  public JsonNode exemplars(String promQl) {
    long now = System.currentTimeMillis() / 1000;
    return get("/api/v1/query_exemplars?query=" + encoded(promQl) + "&start=" + (now - 3600)
            + "&end=" + (now + 60))
        .path("data");
  }

  /** Returns what it says of its targets. */
  public JsonNode targets() {
    return get("/api/v1/targets").path("data").path("activeTargets");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private boolean ready() {
    try {
      return send("/-/ready").statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private JsonNode get(String path) {
    JsonNode answer = JsonMapper.shared().readTree(send(path).body());
    if (!answer.path("status").asString().equals("success")) {
      throw new AssertionError(path + ": " + answer);
    }
    return answer;
  }

  private HttpResponse<String> send(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path)).timeout(PATIENCE).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String promQl) {
    return URLEncoder.encode(promQl, StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
