package dev.nines.benchmarks.load;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.HealthEndpoints;
import dev.nines.http.Routes;
import dev.nines.logging.JsonLogging;
import dev.nines.logging.RequestLog;
import dev.nines.metrics.GoldenSignals;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * {@code GET /hello} on the JDK's server: {@code bare PORT}, {@code nines PORT}, or {@code nines-lines PORT} with a line for
 * each request. Health, metrics and all else are on in both of the latter, on any free admin port.
 */
final class HelloServer {

  private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);
  private static final int THREADS = 16;

  private HelloServer() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[1]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    HttpServer app = args[0].equals("bare") ? server : observed(server, args[0].endsWith("lines"));
    app.createContext("/hello", exchange -> {
      exchange.sendResponseHeaders(200, HELLO.length);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(HELLO);
      }
    });
    app.start();
  }

  private static HttpServer observed(HttpServer server, boolean lines) {
    NinesBuilder builder = Nines.builder("hello")
        .targets(ReliabilityTargets.threeNines())
        .install(GoldenSignals.prometheus())
        .install(HealthEndpoints.standard())
        .admin(AdminServer.onPort(0));
    if (lines) {
      builder.install(JsonLogging.toStdout().requests(RequestLog.standard()));
    }
    return builder.start().http().install(server, Routes.of("GET /hello"));
  }
}
