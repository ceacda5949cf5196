package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.nines.Nines;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.health.checks.Checks;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database fails in the ways that hang, while many ask /health over the admin port. */
class HealthOverHttpTest {

  private static final Duration DETECTION = Duration.ofSeconds(5);
  private static final int CLIENTS = 50;
  private static final int READS = 1_000;
  private static final System.Logger LOG = System.getLogger(HealthOverHttpTest.class.getName());

  @TempDir
  static Path directory;

  private static Postgres postgres;

  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final HttpClient http = HttpClient.newHttpClient();
  private LossyWire wire;
  private HikariDataSource pool;
  private Nines nines;

  @BeforeAll
  static void database() throws Exception {
    postgres = Postgres.startedIn(directory);
  }

  @AfterAll
  static void noDatabase() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void readyService() throws Exception {
    wire = LossyWire.to(postgres.port());
    pool = postgres.pool(4, wire.port());
    nines = Nines.builder("checkout")
        .targets(ReliabilityTargets.builder()
            .detection(DETECTION)
            .lifecycle(new LifecycleTimings(
                Duration.ofMinutes(2), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))
            .build())
        .dependency(Dependency.required("orders-db", Checks.jdbc(pool)))
        .install(HealthEndpoints.standard().withoutSaturation())
        .admin(AdminServer.onPort(0).boundTo("127.0.0.1"))
        .start();
    await().until(() -> status("/ready") == 200);
  }

  @AfterEach
  void close() throws Exception {
    nines.close();
    pool.close();
    wire.close();
    clients.shutdownNow();
  }

  @Test
  void aFrozenDatabaseMakesHealthNeitherSlowNorWrong() throws Exception {
    withstands("frozen", postgres::freeze, postgres::thaw);
  }

  @Test
  void aDatabaseBehindABlackHoleMakesHealthNeitherSlowNorWrong() throws Exception {
    withstands("black-holed", wire::cut, wire::mend);
  }

  @Test
  void anExhaustedPoolMakesHealthNeitherSlowNorWrong() throws Exception {
    List<Connection> taken = new ArrayList<>();
    withstands(
        "exhausted",
        () -> {
          for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
            taken.add(pool.getConnection());
          }
        },
        () -> {
          for (Connection connection : taken) {
            connection.close();
          }
        });
  }

  private interface Step {
    void run() throws Exception;
  }

  private void withstands(String fault, Step breakIt, Step mendIt) throws Exception {
    fastest();
    long alive = fastest();
    breakIt.run();
    try {
      long broken = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(DETECTION)
          .until(() -> status("/ready") == 503 && status("/health") == 503);
      Duration found = Duration.ofNanos(System.nanoTime() - broken);
      int threads = ourThreads();
      long during = fastest();
      LOG.log(
          System.Logger.Level.INFO,
          fault + ": found after " + found.toMillis() + " ms; 1000 reads alive " + alive / 1_000_000
              + " ms, broken " + during / 1_000_000 + " ms");
      assertThat(during).isLessThanOrEqualTo(5 * alive);
      assertThat(status("/live")).isEqualTo(200);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(6))
          // At most one replacement runs beside a run that is stuck.
          .until(() -> ourThreads() <= threads + 1);
    } finally {
      mendIt.run();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> status("/ready") == 200);
    assertThat(status("/health")).isEqualTo(200);
  }

  private static int ourThreads() {
    return (int) Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("nines-"))
        .count();
  }

  private int status(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + nines.adminPort().orElseThrow() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
        .statusCode();
  }

  /** Returns the best of some rounds of 1,000 reads at 50 at a time: the noise of a busy machine only adds. */
  private long fastest() throws Exception {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long from = System.nanoTime();
      read();
      best = Math.min(best, System.nanoTime() - from);
    }
    return best;
  }

  private void read() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> reads = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      reads.add(clients.submit(() -> {
        go.await();
        for (int i = 0; i < READS / CLIENTS; i++) {
          status("/health");
        }
        return null;
      }));
    }
    go.countDown();
    for (Future<?> read : reads) {
      read.get();
    }
  }
}
