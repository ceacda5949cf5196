package dev.nines.ops.grafana;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.HealthEndpoints;
import dev.nines.http.Routes;
import dev.nines.metrics.GoldenSignals;
import dev.nines.targets.ReliabilityTargets;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A service on Nines with a guarded dependency, and beside it the metrics that Spring Boot would show of the same requests:
 * Micrometer's own, on another port.
 */
final class WatchedService implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final PrometheusMeterRegistry spring =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Nines nines;
  private final Guard payments;
  private final HttpServer server;
  private final HttpServer springMetrics;

  WatchedService(ReliabilityTargets targets) throws IOException {
    nines = Nines.builder("checkout")
        .version("1.2.3")
        .environment("test")
        .targets(targets)
        .dependency(Dependency.required("orders-db", run -> CheckResult.healthy()))
        .dependency(Dependency.optional("payments"))
        .install(GoldenSignals.prometheus())
        .install(HealthEndpoints.standard())
        .admin(AdminServer.onPort(0))
        .withoutShutdownHook()
        .start();
    payments = nines.guard("payments");
    server = nines
        .http()
        .install(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            Routes.of("GET /orders", "POST /orders"));
    server.createContext("/orders", this::answer);
    server.start();
    springMetrics =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    springMetrics.createContext("/metrics", this::scraped);
    springMetrics.start();
  }

  URI metrics() {
    return URI.create("http://127.0.0.1:" + nines.adminPort().orElseThrow() + "/metrics");
  }

  URI springMetrics() {
    return URI.create("http://127.0.0.1:" + springMetrics.getAddress().getPort() + "/metrics");
  }

  /** Sends some requests, one of which fails; each calls the dependency. */
  void traffic() throws IOException, InterruptedException {
    for (String query : new String[] {"well", "well", "bad"}) {
      URI uri =
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders?" + query);
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      client.send(
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
          BodyHandlers.discarding());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean bad = "bad".equals(exchange.getRequestURI().getQuery());
    payments.call(() -> "paid");
    int status = bad ? 500 : 200;
    Timer.builder("http.server.requests")
        .publishPercentileHistogram()
        .tag("uri", "/orders")
        .tag("method", exchange.getRequestMethod())
        .tag("status", String.valueOf(status))
        .register(spring)
        .record(Duration.ofMillis(3));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void scraped(HttpExchange exchange) throws IOException {
    byte[] body = spring.scrape().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    springMetrics.stop(0);
    server.stop(0);
    nines.close();
  }
}
