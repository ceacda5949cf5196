package dev.nines.benchmarks.load;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.dependency.CheckResult;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.HealthEndpoints;
import dev.nines.http.Routes;
import dev.nines.logging.JsonLogging;
import dev.nines.logging.RequestLog;
import dev.nines.meter.Label;
import dev.nines.meter.Unit;
import dev.nines.metrics.GoldenSignals;
import dev.nines.targets.ReliabilityTargets;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /hello} on the JDK's server: {@code bare PORT}, {@code nines PORT}, {@code nines-lines PORT} with a line for each
 * request, or {@code nines-filled PORT} with ten thousand series more. Health, metrics and all else are on but in the first, and
 * {@code /metrics} is on the next port; {@code micrometer-filled PORT} is bare, but has as many series there, in Micrometer's
 * registry. {@code health-N PORT} has none of it: there {@code /health} of N checks is on that port.
 */
final class HelloServer {

  private static final Logger LOG = LoggerFactory.getLogger(HelloServer.class);
  private static final String HEALTH = "health-";

  private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);
  private static final int THREADS = 16;
  private static final int FAMILIES = 10;
  private static final int VALUES = 1_000;

  private HelloServer() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[1]);
    if (args[0].startsWith(HEALTH)) {
      health(Integer.parseInt(args[0].substring(HEALTH.length())), port);
    } else {
      hello(args[0], port);
    }
    // Any service logs, and what that takes of a start is not the library's.
    LOG.info("Listens on {}", port);
    Thread.currentThread().join(); // the admin server keeps no process up
  }

  private static void health(int checks, int port) {
    HealthEndpoints health = HealthEndpoints.standard();
    for (int i = 0; i < checks; i++) {
      health.check("check-" + i, run -> CheckResult.healthy());
    }
    Nines.builder("hello")
        .targets(ReliabilityTargets.threeNines())
        .install(health)
        .admin(AdminServer.onPort(port))
        .start();
  }

  private static void hello(String kind, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    HttpServer app = kind.startsWith("nines") ? observed(server, kind) : server;
    if (kind.equals("micrometer-filled")) {
      exposeByMicrometer(port + 1);
    }
    app.createContext("/hello", exchange -> {
      exchange.sendResponseHeaders(200, HELLO.length);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(HELLO);
      }
    });
    app.start();
  }

  private static HttpServer observed(HttpServer server, String kind) {
    NinesBuilder builder = Nines.builder("hello")
        .targets(ReliabilityTargets.threeNines())
        .install(GoldenSignals.prometheus())
        .install(HealthEndpoints.standard())
        .admin(AdminServer.onPort(server.getAddress().getPort() + 1));
    if (kind.endsWith("lines")) {
      builder.install(JsonLogging.toStdout().requests(RequestLog.standard()));
    }
    Nines nines = builder.start();
    if (kind.endsWith("filled")) {
      fill(nines);
    }
    return nines.http().install(server, Routes.of("GET /hello"));
  }

  private static void exposeByMicrometer(int port) throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    for (int i = 0; i < FAMILIES; i++) {
      for (int value = 0; value < VALUES; value++) {
        registry.counter("load_" + i, "value", "v" + value);
      }
    }
    HttpServer metrics =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    metrics.createContext("/metrics", exchange -> {
      String accept = exchange.getRequestHeaders().getFirst("Accept");
      byte[] body = registry.scrape(accept).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/openmetrics-text");
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    });
    metrics.start();
  }

  private static void fill(Nines nines) {
    String[] values = IntStream.range(0, VALUES).mapToObj(i -> "v" + i).toArray(String[]::new);
    for (int i = 0; i < FAMILIES; i++) {
      nines
          .metrics()
          .counter("load_" + i, Unit.COUNT, "Makes a scrape longer.")
          .by(Label.of("value", values));
    }
  }
}
