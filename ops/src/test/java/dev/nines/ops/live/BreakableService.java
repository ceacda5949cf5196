package dev.nines.ops.live;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.HealthEndpoints;
import dev.nines.http.Routes;
import dev.nines.metrics.GoldenSignals;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A service under Nines with some requests a second, which fails on demand. */
final class BreakableService implements AutoCloseable {

  static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .lifecycle(new LifecycleTimings(
          Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(30)))
      .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
  private final Nines nines;
  private final HttpServer server;
  private volatile int status = 200;

  BreakableService() throws IOException {
    nines = Nines.builder("checkout")
        .targets(TARGETS)
        .install(GoldenSignals.prometheus())
        .install(HealthEndpoints.standard())
        .admin(AdminServer.onPort(0))
        .start();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = nines.http().install(HttpServer.create(anyPort, 0), Routes.of("GET /orders"));
    server.createContext("/orders", exchange -> {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    server.start();
    URI orders = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders");
    HttpRequest request = HttpRequest.newBuilder(orders).build();
    traffic.scheduleAtFixedRate(
        () -> client.sendAsync(request, BodyHandlers.discarding()), 0, 50, TimeUnit.MILLISECONDS);
  }

  void fail() {
    status = 500;
  }

  void recover() {
    status = 200;
  }

  URI metrics() {
    return URI.create("http://127.0.0.1:" + nines.adminPort().orElseThrow() + "/metrics");
  }

  @Override
  public void close() {
    traffic.shutdownNow();
    server.stop(0);
    nines.close();
  }
}
