package dev.nines.health;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.Nines;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.checks.Checks;
import dev.nines.health.checks.PoolChecks;
import dev.nines.health.checks.ProcessChecks;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Instrument;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A service on a real database, a real HTTP service and a real thread pool, each of which can be broken and mended. */
final class FaultyService implements AutoCloseable {

  /** What can go wrong; each takes readiness away. */
  enum Fault {
    DATABASE_SILENT("orders-db", "orders-pool"),
    DATABASE_POOL_EXHAUSTED("orders-db", "orders-pool"),
    HTTP_HANGS("pricing"),
    HTTP_FAILS("pricing"),
    WORKERS_EXHAUSTED("workers");

    private final Set<String> checks;

    Fault(String... checks) {
      this.checks = Set.of(checks);
    }

    /** Returns the checks that may fail of it, and no others: which of two, a busy machine may take for the other. */
    Set<String> checks() {
      return checks;
    }
  }

  private static final int OK = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final LossyWire wire;
  private final HikariDataSource pool;
  private final HttpServer pricing;
  private final ExecutorService pricingThreads = Executors.newCachedThreadPool();
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(2));
  private final List<Connection> taken = new ArrayList<>();
  private final Map<String, Instrument> published = new ConcurrentHashMap<>();
  private final Nines nines;
  private volatile int answer = OK;
  private volatile CountDownLatch hold = new CountDownLatch(0);
  private volatile CountDownLatch work = new CountDownLatch(0);

  FaultyService(Postgres postgres, Duration detection, HttpClient http) throws Exception {
    this.http = http;
    this.wire = LossyWire.to(postgres.port());
    this.pool = postgres.pool(4, wire.port());
    this.pricing = pricing();
    this.nines = start(detection);
  }

  private HttpServer pricing() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(pricingThreads);
    server.createContext("/", exchange -> {
      try (exchange) {
        hold.await();
        exchange.sendResponseHeaders(answer, -1);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    });
    server.start();
    return server;
  }

  private Nines start(Duration detection) {
    URI uri = URI.create("http://127.0.0.1:" + pricing.getAddress().getPort() + "/");
    return Nines.builder("checkout")
        .openTelemetry(OpenTelemetry.noop())
        .targets(ReliabilityTargets.builder()
            .detection(detection)
            .lifecycle(new LifecycleTimings(
                Duration.ofMinutes(2), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))
            .build())
        .dependency(Dependency.required("orders-db", PoolChecks.database(pool)))
        .dependency(Dependency.required("pricing", Checks.http(uri)))
        .install(new Recorder())
        .install(HealthEndpoints.standard()
            .withoutSaturation()
            .instance("orders-pool", PoolChecks.pool(pool, new BigDecimal("0.99")))
            .instance("workers", ProcessChecks.executor(workers, new BigDecimal("0.99"))))
        .admin(AdminServer.onPort(0).boundTo("127.0.0.1"))
        .start();
  }

  /** Keeps what is published. */
  private final class Recorder implements Feature {

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public void install(FeatureContext context) {
      context.events().render(event -> {});
      context.instruments().renderTo(i -> published.put(i.metric().name() + i.labelValues(), i));
    }
  }

  int ready() throws IOException, InterruptedException {
    return get("/ready").statusCode();
  }

  /** Returns the names of the checks that are unhealthy. */
  Set<String> unhealthy() throws IOException, InterruptedException {
    return JSON.readTree(get("/health").body()).get("checks").properties().stream()
        .filter(check -> check.getValue().get("status").asString().equals("unhealthy"))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + nines.adminPort().orElseThrow() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** Returns the longest time in which a failure was found, as the service itself tells it. */
  double longestDetection() {
    return published.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("nines_detection_max_seconds"))
        .mapToDouble(entry -> entry.getValue().value().getAsDouble())
        .max()
        .orElseThrow();
  }

  void breakBy(Fault fault) throws Exception {
    switch (fault) {
      case DATABASE_SILENT -> wire.cut();
      case DATABASE_POOL_EXHAUSTED -> exhaustPool();
      case HTTP_HANGS -> hold = new CountDownLatch(1);
      case HTTP_FAILS -> answer = 500;
      case WORKERS_EXHAUSTED -> exhaustWorkers();
    }
  }

  void mend() throws Exception {
    wire.mend();
    for (Connection connection : taken) {
      connection.close();
    }
    taken.clear();
    hold.countDown();
    work.countDown();
    answer = OK;
  }

  @Override
  public void close() throws Exception {
    hold.countDown();
    work.countDown();
    nines.close();
    pool.close();
    wire.close();
    pricing.stop(0);
    pricingThreads.shutdownNow();
    workers.shutdownNow();
  }

  private void exhaustPool() throws Exception {
    for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
      taken.add(pool.getConnection());
    }
  }

  private void exhaustWorkers() {
    CountDownLatch held = new CountDownLatch(1);
    work = held;
    while (workers.getActiveCount() < 2 || workers.getQueue().remainingCapacity() > 0) {
      if (workers.getQueue().remainingCapacity() > 0) {
        workers.execute(() -> {
          try {
            held.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
      }
      Thread.onSpinWait();
    }
  }
}
