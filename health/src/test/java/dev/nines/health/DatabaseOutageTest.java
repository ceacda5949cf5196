package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.nines.dependency.Dependency;
import dev.nines.derive.ProbeTimings;
import dev.nines.health.checks.Checks;
import dev.nines.telemetry.Event;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service on a real database that freezes, dies, and runs out of connections. */
class DatabaseOutageTest {

  private static final Duration DETECTION = Duration.ofSeconds(5);
  private static final System.Logger LOG = System.getLogger(DatabaseOutageTest.class.getName());

  @TempDir
  static Path directory;

  private static Postgres postgres;

  private HikariDataSource pool;
  private TestService service;

  @BeforeAll
  static void database() throws Exception {
    postgres = Postgres.startedIn(directory);
  }

  @AfterAll
  static void noDatabase() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void readyService() {
    pool = postgres.pool(4);
    service = TestService.running(
        DETECTION,
        HealthEndpoints.standard().withoutSaturation(),
        Dependency.required("orders-db", Checks.jdbc(pool)));
    await().until(() -> service.status("/ready") == 200);
  }

  @AfterEach
  void close() throws Exception {
    service.close();
    pool.close();
  }

  @Test
  void aFrozenDatabaseIsFoundInTimeAndTheServiceRecoversWhenItThaws() {
    postgres.freeze();
    try {
      assertFoundInTime("frozen");
      assertThat(service.status("/health")).isEqualTo(503);
      assertThat(service.status("/live")).isEqualTo(200);
      assertThat(service.json("/health").at("/checks/orders-db/status").asString())
          .isEqualTo("unhealthy");
      assertThat(service.body("/health")).doesNotContain("message", "127.0.0.1", "localhost");
      assertThat(service.detailed("/health").at("/checks/orders-db/message").asString())
          .isNotEmpty();
    } finally {
      postgres.thaw();
    }
    assertRecovers();
    assertThat(service.metric("nines_recovery_seconds")).isPositive();
    await().untilAsserted(() -> assertThat(service.seen())
        .extracting(Event::type)
        .contains("check_unhealthy", "service_unready", "check_healthy", "service_ready"));
  }

  @Test
  void whileFrozenReadsStayFastAndThreadsConstant() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(50);
    try {
      read(clients, 20_000);
      long alive = fastest(clients);
      postgres.freeze();
      await().until(() -> service.status("/ready") == 503);
      await().until(() -> stuck() == CheckMonitor.MOST_STUCK);
      int threads = ourThreads();
      long frozen = fastest(clients);
      LOG.log(
          System.Logger.Level.INFO, "1000 reads: alive " + alive + " ns, frozen " + frozen + " ns");

      assertThat(frozen).isLessThanOrEqualTo(5 * alive);
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(6))
          .until(() -> ourThreads() <= threads);
      assertThat(service.metric("nines_check_stuck_threads", "deadlock")).isZero();
      assertThat(service.json("/live").at("/checks/deadlock/status").asString())
          .as("one check's hang starves no other")
          .isEqualTo("healthy");
    } finally {
      postgres.thaw();
      clients.shutdownNow();
    }
    assertRecovers();
    await().until(() -> stuck() == 0);
  }

  @Test
  void aKilledDatabaseIsFoundInTimeAndFoundAgainWhenItIsBack() throws Exception {
    postgres.kill();
    try {
      assertFoundInTime("killed");
    } finally {
      postgres.startAgain();
    }
    assertRecovers();
  }

  @Test
  void anExhaustedPoolIsFoundInTimeAndNoConnectionIsLost() throws Exception {
    List<Connection> taken = new ArrayList<>();
    for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
      taken.add(pool.getConnection());
    }
    try {
      assertFoundInTime("exhausted");
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
    assertRecovers();
    await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    assertThat(stuck()).as("a wait for the pool hears the interrupt").isZero();
  }

  @Test
  @Tag("soak")
  void tenMinutesFrozenLeaveThreadsConstantAndReadsFast() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(50);
    try {
      read(clients, 20_000);
      long alive = fastest(clients);
      postgres.freeze();
      await().until(() -> stuck() == CheckMonitor.MOST_STUCK);
      int threads = Thread.getAllStackTraces().size();
      await()
          .during(Duration.ofMinutes(10))
          .atMost(Duration.ofMinutes(11))
          .pollInterval(Duration.ofSeconds(1))
          .until(() ->
              service.status("/ready") == 503 && Thread.getAllStackTraces().size() <= threads + 2);
      assertThat(fastest(clients)).isLessThanOrEqualTo(5 * alive);
    } finally {
      postgres.thaw();
      clients.shutdownNow();
    }
    assertRecovers();
  }

  /** What the detection target leaves once the platform's own probes have had their share. */
  private void assertFoundInTime(String fault) {
    long from = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(DETECTION)
        .until(() -> service.status("/ready") == 503);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    Duration promised = service.nines().settings().checks().worstCase();
    LOG.log(
        System.Logger.Level.INFO,
        fault + ": found after " + took.toMillis() + " ms (worst case " + promised.toMillis()
            + ")");
    ProbeTimings probes = service.nines().settings().probes();
    Duration ofPlatform = Duration.ofSeconds(
        (long) probes.periodSeconds() * probes.failureThreshold() + probes.timeoutSeconds());
    assertThat(took).isLessThan(DETECTION.minus(ofPlatform));
  }

  private void assertRecovers() {
    await().atMost(Duration.ofSeconds(15)).until(() -> service.status("/ready") == 200);
    assertThat(service.status("/health")).isEqualTo(200);
  }

  private double stuck() {
    return service.metric("nines_check_stuck_threads", "orders-db");
  }

  private static int ourThreads() {
    return (int) Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("nines-"))
        .count();
  }

  /** Returns the best of some rounds of 1,000 reads at 50 at a time: the noise of a busy machine only adds. */
  private long fastest(ExecutorService clients) throws Exception {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long from = System.nanoTime();
      read(clients, 1_000);
      best = Math.min(best, System.nanoTime() - from);
    }
    return best;
  }

  private void read(ExecutorService clients, int times) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> reads = new ArrayList<>();
    for (int client = 0; client < 50; client++) {
      reads.add(clients.submit(() -> {
        go.await();
        for (int i = 0; i < times / 50; i++) {
          service.get("/health");
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
