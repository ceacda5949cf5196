package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.health.Postgres;
import dev.nines.testing.FairClock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real database behind a real pool: what is wrong with one must not be laid to the other. */
class PoolChecksTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  @TempDir
  static Path directory;

  private static Postgres postgres;

  private HikariDataSource hikari;
  private Check database;
  private Check pool;
  private final List<Connection> taken = new ArrayList<>();

  @BeforeAll
  static void database() throws Exception {
    postgres = Postgres.startedIn(directory);
  }

  @AfterAll
  static void noDatabase() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void aPoolOfFour() {
    hikari = postgres.pool(4);
    database = PoolChecks.database(hikari);
    pool = PoolChecks.pool(hikari, new BigDecimal("0.5"));
  }

  @AfterEach
  void close() throws SQLException {
    giveBack();
    hikari.close();
  }

  @Test
  void anExhaustedPoolFailsAndTheDatabaseBehindItDoesNotUntilConnectionsComeBack()
      throws Exception {
    assertThat(run(database)).isEqualTo(CheckResult.healthy());
    assertThat(run(pool)).isEqualTo(CheckResult.healthy("pool 0% used (target 50%)"));

    take(4);
    // Again and again, for on a busy machine the database may be late to answer past the pool.
    await().untilAsserted(() -> {
      await().until(() -> hikari.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
      assertThat(run(pool))
          .isEqualTo(
              CheckResult.unhealthy(
                  "no connection within 1s600ms: 4 of 4 connections active, 0 idle, 0 threads waiting"));
    });
    await().untilAsserted(() -> {
      await().until(() -> hikari.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
      assertThat(run(database))
          .isEqualTo(CheckResult.degraded(
              "the database answers, but the pool lends no connection within 1s600ms: "
                  + "4 of 4 connections active, 0 idle, 0 threads waiting"));
    });

    giveBack();
    assertThat(run(pool).status()).isEqualTo(Status.HEALTHY);
    assertThat(run(database)).isEqualTo(CheckResult.healthy());
    assertThat(hikari.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @Test
  void aKilledDatabaseFailsAndThePoolDoesNotUntilItIsBack() throws Exception {
    postgres.kill();
    try {
      assertThat(run(database).status()).isEqualTo(Status.UNHEALTHY);
      assertThat(run(database).message()).startsWith("the database does not answer: ");
      assertThat(run(pool).status()).isEqualTo(Status.DEGRADED);
      assertThat(run(pool).message())
          .startsWith("no connection, because the database does not answer: ");
    } finally {
      postgres.startAgain();
    }
    await().until(() -> run(database).status() == Status.HEALTHY);
    await().until(() -> run(pool).status() == Status.HEALTHY);
  }

  @Test
  void aFrozenDatabaseWhoseConnectionsAreAllTakenIsNotThePoolsFault() throws Exception {
    take(4);
    postgres.freeze();
    try {
      Duration took = FairClock.timing(() -> assertThat(run(database))
          .isEqualTo(CheckResult.unhealthy("the database does not answer: no answer in time")));
      assertThat(took).isLessThan(TIMEOUT);
      assertThat(run(pool).status()).isEqualTo(Status.DEGRADED);
      for (int i = 0; i < 2; i++) {
        assertThat(run(database).status()).isEqualTo(Status.UNHEALTHY);
      }
      assertThat(askingThreads()).as("two for each question").isLessThanOrEqualTo(8);
    } finally {
      postgres.thaw();
    }
    giveBack();
    await().until(() -> run(database).status() == Status.HEALTHY);
    await().until(() -> run(pool).status() == Status.HEALTHY);
    await().until(() -> askingThreads() == 0);
  }

  /** Twice the same must be said before it is believed, so one at the edge of its time must not be told in turns. */
  @Test
  void aDatabaseThatAnsweredPastAnExhaustedPoolIsNotDeadForOneLateAnswer() throws Exception {
    take(4);
    await().until(() -> run(pool).status() == Status.UNHEALTHY);
    postgres.freeze();
    try {
      assertThat(run(pool).status()).as("one late answer").isEqualTo(Status.UNHEALTHY);
      assertThat(run(pool).status()).as("the second").isEqualTo(Status.DEGRADED);
    } finally {
      postgres.thaw();
    }
    await().until(() -> run(pool).status() == Status.UNHEALTHY);
  }

  @Test
  void aPoolOverItsTargetDegradesAndSaysHowFullItIs() throws Exception {
    Published published = Published.by(pool);
    assertThat(published.names()).containsExactly("nines_saturation_ratio[watched]");
    assertThat(published.value()).isZero();

    take(2);
    assertThat(run(pool).status()).isEqualTo(Status.HEALTHY);
    take(1);
    assertThat(run(pool)).isEqualTo(CheckResult.degraded("pool 75% used (target 50%)"));
    assertThat(published.value()).isEqualTo(0.75);
  }

  @Test
  void aPoolThatLendsDegradesWhileThreadsHaveToWait() {
    assertThat(new PoolUse(4, 0, 2, 10).judge(new TargetShare("pool", BigDecimal.ONE)))
        .isEqualTo(CheckResult.degraded("pool 40% used (target 100%): "
            + "4 of 10 connections active, 0 idle, 2 threads waiting"));
  }

  @Test
  void threadsThatWaitAreTold() throws Exception {
    take(4);
    Thread waiting = new Thread(() -> {
      try (Connection connection = hikari.getConnection()) {
        connection.isValid(1);
      } catch (SQLException e) {
        Thread.currentThread().interrupt(); // the pool is closed before it is served
      }
    });
    waiting.start();
    await().until(() -> hikari.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);

    assertThat(run(pool).message())
        .endsWith("4 of 4 connections active, 0 idle, 1 threads waiting");
    giveBack();
    waiting.join();
    assertThat(run(pool).status()).isEqualTo(Status.HEALTHY);
  }

  @Test
  void aPoolThatStartsWithItsFirstConnectionIsStarted() throws Exception {
    try (HikariDataSource lazy = new HikariDataSource()) {
      lazy.setJdbcUrl(hikari.getJdbcUrl());
      lazy.setUsername("postgres");
      Check check = PoolChecks.pool(lazy, BigDecimal.ONE);

      assertThat(Published.by(check).value()).isZero();
      assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
      assertThat(lazy.isRunning()).isTrue();
    }
  }

  @Test
  void aPoolThatIsOnlySlowIsNotExhausted() throws Exception {
    try (HikariDataSource slow = new HikariDataSource()) {
      slow.setJdbcUrl(hikari.getJdbcUrl());
      slow.setMinimumIdle(0);
      slow.setConnectionInitSql("select pg_sleep(1.8)");
      slow.setInitializationFailTimeout(-1);

      TestRun run = new TestRun(Duration.ofSeconds(4));
      assertThat(PoolChecks.database(slow).run(run)).isEqualTo(CheckResult.healthy());
    }
  }

  @Test
  void aPoolThatIsClosedFails() throws Exception {
    hikari.close();

    assertThat(run(pool).status()).isEqualTo(Status.UNHEALTHY);
    assertThat(run(database).status()).isEqualTo(Status.DEGRADED);
  }

  private void take(int connections) throws SQLException {
    for (int i = 0; i < connections; i++) {
      taken.add(hikari.getConnection());
    }
  }

  private void giveBack() throws SQLException {
    for (Connection connection : taken) {
      connection.close();
    }
    taken.clear();
  }

  private static long askingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("nines-check-part-"))
        .count();
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(TIMEOUT));
  }
}
