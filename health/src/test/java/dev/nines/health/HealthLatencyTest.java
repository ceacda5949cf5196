package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.targets.ReliabilityTargets;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** /health beside a constant answer of the JDK's own server, asked by the same clients in turns. */
@Tag("soak")
class HealthLatencyTest {

  private static final int CLIENTS = 200;
  private static final int REQUESTS = 50;
  private static final int ROUNDS = 7;
  private static final System.Logger LOG = System.getLogger(HealthLatencyTest.class.getName());

  static {
    // Else each second answer of the JDK's server waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

  /** Healthy or not: a prober has more reason to ask while something is wrong. */
  @ParameterizedTest(name = "a service that is healthy: {0}")
  @ValueSource(booleans = {true, false})
  void theSlowestPercentOf200ClientsWaitsAtMostTwiceAsLongAsForAConstant(boolean healthy)
      throws Exception {
    String status = healthy ? "HTTP/1.1 200 OK" : "HTTP/1.1 503 Service Unavailable";
    HttpServer constant = constant();
    try (Nines nines = service(healthy)) {
      List<Long> ours = new ArrayList<>();
      List<Long> theirs = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        theirs.add(p99(constant.getAddress().getPort(), "HTTP/1.1 200 OK"));
        ours.add(p99(nines.adminPort().orElseThrow(), status));
      }
      LOG.log(
          System.Logger.Level.INFO,
          "p99 in us: /health " + status + " " + ours + ", constant " + theirs);
      // The first rounds warm up; the median is what the noise of a busy machine moves least.
      assertThat(median(ours)).isLessThanOrEqualTo(2 * median(theirs));
    } finally {
      constant.stop(0);
      clients.shutdownNow();
    }
  }

  private static Nines service(boolean healthy) {
    AtomicBoolean well = new AtomicBoolean(true);
    Nines nines = Nines.builder("checkout")
        .openTelemetry(OpenTelemetry.noop())
        .targets(ReliabilityTargets.builder().detection(Duration.ofSeconds(5)).build())
        .dependency(Dependency.required(
            "orders-db", run -> well.get() ? CheckResult.healthy() : CheckResult.unhealthy("down")))
        .dependency(Dependency.optional("payments", run -> CheckResult.healthy()))
        .install(HealthEndpoints.standard())
        .admin(AdminServer.onPort(0).boundTo("127.0.0.1"))
        .start();
    await().until(nines.lifecycle()::ready);
    well.set(healthy);
    await().until(() -> nines.lifecycle().ready() == healthy);
    return nines;
  }

  private static HttpServer constant() throws Exception {
    byte[] body = "{\"status\":\"healthy\"}".getBytes(StandardCharsets.US_ASCII);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    server.setExecutor(Executors.newFixedThreadPool(16));
    server.createContext("/health", exchange -> {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    return server;
  }

  /** Returns the 99th percentile of one round, in microseconds. */
  private long p99(int port, String status) throws Exception {
    CyclicBarrier go = new CyclicBarrier(CLIENTS);
    List<Future<long[]>> rounds = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      rounds.add(clients.submit(() -> ask(port, status, go)));
    }
    long[] all = new long[CLIENTS * REQUESTS];
    for (int i = 0; i < CLIENTS; i++) {
      System.arraycopy(rounds.get(i).get(), 0, all, i * REQUESTS, REQUESTS);
    }
    Arrays.sort(all);
    return all[all.length * 99 / 100] / 1_000;
  }

  private static long[] ask(int port, String expected, CyclicBarrier go) throws Exception {
    long[] took = new long[REQUESTS];
    try (RawHttp client = new RawHttp(port, null)) {
      client.get("/health");
      go.await();
      for (int i = 0; i < REQUESTS; i++) {
        long from = System.nanoTime();
        String status = client.get("/health");
        took[i] = System.nanoTime() - from;
        assertThat(status).isEqualTo(expected);
      }
    }
    return took;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
