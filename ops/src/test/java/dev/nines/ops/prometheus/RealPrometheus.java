package dev.nines.ops.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

  /** Returns a client of it. */
  public PrometheusClient client() {
    return PrometheusClient.at(uri);
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
