package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.derive.ProbeTimings;
import dev.nines.health.checks.Checks;
import dev.nines.telemetry.Event;
import dev.nines.testing.FairClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final FairClock clock = FairClock.started();
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
    clock.close();
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
    try (TestService alive = alive()) {
      postgres.freeze();
      await().until(() -> service.status("/ready") == 503);
      await().until(() -> stuck() == CheckMonitor.MOST_STUCK);
      int threads = ourThreads();

      assertReadsAsFastAs(alive);
      assertThat(mostThreadsDuringFourRuns()).isLessThanOrEqualTo(threads);
      assertThat(service.metric("nines_check_stuck_threads", "deadlock")).isZero();
      assertThat(service.json("/live").at("/checks/deadlock/status").asString())
          .as("one check's hang starves no other")
          .isEqualTo("healthy");
    } finally {
      postgres.thaw();
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
    try (TestService alive = alive()) {
      postgres.freeze();
      await().until(() -> stuck() == CheckMonitor.MOST_STUCK);
      int threads = Thread.getAllStackTraces().size();
      await()
          .during(Duration.ofMinutes(10))
          .atMost(Duration.ofMinutes(11))
          .pollInterval(Duration.ofSeconds(1))
          .until(() ->
              service.status("/ready") == 503 && Thread.getAllStackTraces().size() <= threads + 2);
      assertReadsAsFastAs(alive);
    } finally {
      postgres.thaw();
    }
    assertRecovers();
  }

  /** What the detection target leaves once the platform's own probes have had their share. */
  private void assertFoundInTime(String fault) {
    long from = clock.nanos();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(DETECTION.multipliedBy(6))
        .until(() -> service.status("/ready") == 503);
    Duration took = clock.since(from);
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
    await().atMost(Duration.ofMinutes(1)).until(() -> service.status("/ready") == 200);
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

  /** A service like the broken one, that has nothing to complain of. */
  private static TestService alive() {
    return TestService.running(
        DETECTION,
        HealthEndpoints.standard().withoutSaturation(),
        Dependency.required("orders-db", run -> CheckResult.healthy()));
  }

  /** Returns how many threads there were at most until the check has been asked, or could not be, four times more. */
  private int mostThreadsDuringFourRuns() {
    int before = failures();
    AtomicInteger most = new AtomicInteger();
    await().atMost(Duration.ofMinutes(1)).until(() -> {
      most.accumulateAndGet(ourThreads(), Math::max);
      return failures() >= before + 4;
    });
    return most.get();
  }

  private int failures() {
    return service
        .detailed("/health")
        .at("/checks/orders-db/consecutiveFailures")
        .asInt();
  }

  /**
   * Compares the best of some rounds of reads, 50 at a time: in turns, so that a busy machine is busy for both, whose noise
   * only adds.
   */
  private void assertReadsAsFastAs(TestService alive) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(50);
    try {
      read(alive, clients, 20_000);
      read(service, clients, 20_000);
      long best = Long.MAX_VALUE;
      long frozen = Long.MAX_VALUE;
      for (int i = 0; i < 10; i++) {
        best = Math.min(best, read(alive, clients, 1_000));
        frozen = Math.min(frozen, read(service, clients, 1_000));
      }
      LOG.log(
          System.Logger.Level.INFO, "1000 reads: alive " + best + " ns, frozen " + frozen + " ns");
      assertThat(frozen).isLessThanOrEqualTo(5 * best);
    } finally {
      clients.shutdownNow();
    }
  }

  /** Returns how many nanoseconds that many reads took. */
  private static long read(TestService asked, ExecutorService clients, int times) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> reads = new ArrayList<>();
    for (int client = 0; client < 50; client++) {
      reads.add(clients.submit(() -> {
        go.await();
        for (int i = 0; i < times / 50; i++) {
          asked.get("/health");
        }
        return null;
      }));
    }
    long from = System.nanoTime();
    go.countDown();
    for (Future<?> read : reads) {
      read.get();
    }
    return System.nanoTime() - from;
  }
}
