package dev.nines.examples.whole;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.HealthEndpoints;
import dev.nines.http.Routes;
import dev.nines.metrics.GoldenSignals;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.ReliabilityTargetsBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** A small service with all of Nines but the logs, on ports of its own. */
final class Service implements AutoCloseable {

  final Nines nines;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Targets that stop at once, so that tests need not wait for a pre-stop. */
  static ReliabilityTargetsBuilder targets() {
    return ReliabilityTargets.builder()
        .lifecycle(new LifecycleTimings(
            Duration.ofMinutes(1), Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(20)));
  }

  private Service(ReliabilityTargets targets, Consumer<NinesBuilder> more) throws IOException {
    NinesBuilder builder = Nines.builder("checkout")
        .targets(targets)
        .install(GoldenSignals.prometheus())
        .install(HealthEndpoints.standard())
        .admin(AdminServer.onPort(0).boundTo("127.0.0.1"));
    more.accept(builder);
    nines = builder.start();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    HttpServer app =
        nines.http().install(server, Routes.of("GET /orders/{id}", "POST /orders", "GET /hello"));
    app.createContext("/orders", exchange -> {
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    app.createContext("/hello", exchange -> {
      byte[] body = {'h', 'i'};
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    app.createContext("/fail", exchange -> {
      throw new IllegalStateException("as asked");
    });
    app.start();
  }

  static Service start(ReliabilityTargets targets, Consumer<NinesBuilder> more) throws IOException {
    return new Service(targets, more);
  }

  static Service start(ReliabilityTargets targets) throws IOException {
    return new Service(targets, builder -> {});
  }

  URI app(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  URI admin(String path) {
    return URI.create("http://127.0.0.1:" + nines.adminPort().orElseThrow() + path);
  }

  HttpResponse<String> get(URI uri) {
    return send(HttpRequest.newBuilder(uri).build());
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String metrics() {
    return get(admin("/metrics")).body();
  }

  @Override
  public void close() {
    nines.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
