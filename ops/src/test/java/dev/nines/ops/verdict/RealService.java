package dev.nines.ops.verdict;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.HealthEndpoints;
import dev.nines.http.Routes;
import dev.nines.metrics.GoldenSignals;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A service on Nines that can be deployed anew under the same addresses, well or badly. */
final class RealService implements AutoCloseable {

  static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .service("checkout")
      .errorRate(new BigDecimal("0.01"))
      .latency(LatencyTargets.of(Duration.ofMillis(500), Duration.ofSeconds(2)))
      .lifecycle(new LifecycleTimings(
          Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final int adminPort;
  private Nines nines;
  private HttpServer server;

  RealService(String version) throws IOException {
    start(version, 0);
    adminPort = nines.adminPort().orElseThrow();
  }

  private void start(String version, int port) throws IOException {
    nines = Nines.builder("checkout")
        .version(version)
        .environment("test")
        .targets(TARGETS)
        .install(GoldenSignals.prometheus())
        .install(HealthEndpoints.standard())
        .admin(AdminServer.onPort(port))
        .withoutShutdownHook()
        .start();
    server = nines
        .http()
        .install(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            Routes.of("GET /orders"));
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/orders", RealService::answer);
    server.start();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (query.contains("slow")) {
      try {
        TimeUnit.MILLISECONDS.sleep(800);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.sendResponseHeaders(query.contains("bad") ? 500 : 200, -1);
    exchange.close();
  }

  /** Stops the process, so to speak, and starts another version under the same admin address. */
  void deploy(String version) throws IOException {
    stop();
    start(version, adminPort);
  }

  URI admin() {
    return URI.create("http://127.0.0.1:" + adminPort);
  }

  boolean isReady() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(admin().resolve("/ready")).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
  }

  URI orders() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders");
  }

  /** Sends requests, one after another. */
  void requests(int count, String query) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(orders() + "?" + query)).build();
    for (int i = 0; i < count; i++) {
      client.send(request, HttpResponse.BodyHandlers.discarding());
    }
  }

  private void stop() {
    server.stop(0);
    nines.close();
  }

  @Override
  public void close() {
    stop();
  }
}
