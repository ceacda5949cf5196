package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.Nines;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.health.checks.Checks;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.FairClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

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
  private final FairClock clock = FairClock.started();
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
        .install(new Constant())
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
    clock.close();
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
    breakIt.run();
    try {
      long broken = clock.nanos();
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(DETECTION.multipliedBy(6))
          .until(() -> status("/ready") == 503 && status("/health") == 503);
      Duration found = clock.since(broken);
      LOG.log(System.Logger.Level.INFO, fault + ": found after " + found.toMillis() + " ms");
      assertThat(found).isLessThan(DETECTION);
      assertReadsAsFastAsAConstant(fault);
      assertThat(status("/live")).isEqualTo(200);
      int threads = ourThreads();
      assertThat(mostThreadsDuringFourRuns())
          .as("at most one replacement runs beside a run that is stuck")
          .isLessThanOrEqualTo(threads + 1);
    } finally {
      mendIt.run();
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> status("/ready") == 200);
    assertThat(status("/health")).isEqualTo(200);
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
    EndpointRequest details = new EndpointRequest("GET", "/health", Map.of(), Map.of(), true);
    return new JsonMapper()
        .readTree(nines.endpoints().handle(details).body())
        .at("/checks/orders-db/consecutiveFailures")
        .asInt();
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

  /**
   * Compares the best of some rounds of reads, 50 at a time: in turns, so that a busy machine is busy for both, whose noise
   * only adds.
   */
  private void assertReadsAsFastAsAConstant(String fault) throws Exception {
    read("/constant");
    read("/health");
    long constant = Long.MAX_VALUE;
    long health = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      constant = Math.min(constant, read("/constant"));
      health = Math.min(health, read("/health"));
    }
    LOG.log(
        System.Logger.Level.INFO,
        fault + ": 1000 reads of a constant " + constant / 1_000_000 + " ms, of health "
            + health / 1_000_000 + " ms");
    assertThat(health).isLessThanOrEqualTo(5 * constant);
  }

  /** Returns how many nanoseconds {@value #READS} reads took. */
  private long read(String path) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> reads = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      reads.add(clients.submit(() -> {
        go.await();
        for (int i = 0; i < READS / CLIENTS; i++) {
          status(path);
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

  /** Answers the same always. */
  private static final class Constant implements Feature {

    @Override
    public String name() {
      return "constant";
    }

    @Override
    public void install(FeatureContext context) {
      context.endpoint(new Endpoint() {
        @Override
        public String path() {
          return "/constant";
        }

        @Override
        public EndpointResponse handle(EndpointRequest request) {
          return EndpointResponse.text(200, "always the same\n");
        }
      });
    }
  }
}
