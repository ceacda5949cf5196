package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.health.Postgres;
import dev.nines.testing.ManualTime;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real primary with a real standby that streams from it. */
class ReplicationChecksTest {

  private static final Duration MOST = Duration.ofSeconds(30);
  private static final AtomicInteger TABLES = new AtomicInteger();

  @TempDir
  static Path directory;

  private static Postgres primary;
  private static Postgres standby;

  private final ManualTime time = new ManualTime();

  @BeforeAll
  static void replicate() throws Exception {
    primary = Postgres.startedIn(directory.resolve("primary"));
    primary.execute("create role watcher login in role pg_monitor");
    primary.execute("create role stranger login");
    standby = primary.standbyIn(directory.resolve("standby"));
  }

  @AfterAll
  static void stop() throws Exception {
    standby.close();
    primary.close();
  }

  @Test
  void aStandbyThatIsFrozenLagsAsSoonAsSomethingIsWrittenUntilItThaws() throws Exception {
    Check check = onPrimary(1);
    Published published = Published.by(check);
    assertThat(published.names()).containsExactly("nines_replication_lag_seconds[watched]");
    assertThat(published.value()).isNaN();
    await().until(() -> run(check).status() == Status.HEALTHY);

    standby.freeze();
    try {
      write();
      assertThat(run(check).status()).as("only just").isEqualTo(Status.HEALTHY);
      time.advance(MOST.plusSeconds(1));
      assertThat(run(check))
          .isEqualTo(CheckResult.unhealthy("0 of 1 standbys are at most 30s behind, the last one "
              + "31s (expected: at least 1)"));
      assertThat(published.value()).isEqualTo(31);
    } finally {
      standby.thaw();
    }
    await().until(() -> run(check).status() == Status.HEALTHY);
    assertThat(published.value()).isLessThan(MOST.toSeconds());
  }

  @Test
  void aStandbyWhoseReplayStandsStillLagsAtBothEndsUntilItGoesOn() throws Exception {
    Check ofPrimary = onPrimary(1);
    Check ofStandby =
        ReplicationChecks.standby(standby.unpooled("watcher"), Duration.ofMillis(300));
    Published published = Published.by(ofStandby);
    await().until(() -> run(ofPrimary).status() == Status.HEALTHY);
    await().until(() -> run(ofStandby).status() == Status.HEALTHY);

    write();
    await()
        .until(() ->
            standby.ask("select pg_last_xact_replay_timestamp() is not null").equals("t"));
    standby.execute("select pg_wal_replay_pause()");
    try {
      await().until(() -> standby.ask("select pg_get_wal_replay_pause_state()").equals("paused"));
      write();
      run(ofPrimary);
      time.advance(MOST.plusSeconds(1));
      assertThat(run(ofPrimary).status()).isEqualTo(Status.UNHEALTHY);
      await().until(() -> run(ofStandby).status() == Status.UNHEALTHY);
      assertThat(run(ofStandby).message()).endsWith(" behind (expected: at most 300ms)");
      assertThat(published.value()).isGreaterThan(0.3);
    } finally {
      standby.execute("select pg_wal_replay_resume()");
    }
    await().until(() -> run(ofPrimary).status() == Status.HEALTHY);
    await().until(() -> run(ofStandby).status() == Status.HEALTHY);
    assertThat(published.value()).as("all is replayed").isZero();
  }

  @Test
  void aStandbyThatIsKilledIsMissedUntilItIsBack() throws Exception {
    Check check = onPrimary(1);
    Published published = Published.by(check);
    await().until(() -> run(check).status() == Status.HEALTHY);

    standby.kill();
    try {
      await().untilAsserted(() -> assertThat(run(check))
          .isEqualTo(CheckResult.unhealthy("0 standbys stream (expected: at least 1)")));
      assertThat(published.value()).as("it cannot be told").isNaN();
      Check gone = ReplicationChecks.standby(standby.unpooled("watcher"), MOST);
      assertThatThrownBy(() -> run(gone)).isInstanceOf(SQLException.class);
    } finally {
      standby.startAgain();
    }
    await().until(() -> run(check).status() == Status.HEALTHY);
  }

  @Test
  void aStandbyThatLosesItsPrimaryFailsUntilThePrimaryIsBack() throws Exception {
    Check check = ReplicationChecks.standby(standby.unpooled("watcher"), MOST);
    await().until(() -> run(check).status() == Status.HEALTHY);

    primary.kill();
    try {
      await().untilAsserted(() -> assertThat(run(check))
          .isEqualTo(CheckResult.unhealthy("the standby has no connection to its primary")));
    } finally {
      primary.startAgain();
    }
    await().until(() -> run(check).status() == Status.HEALTHY);
  }

  @Test
  void aStandbyTooFewIsTold() throws Exception {
    await().until(() -> run(onPrimary(1)).status() == Status.HEALTHY);

    assertThat(run(onPrimary(2)))
        .isEqualTo(CheckResult.unhealthy("1 standbys stream (expected: at least 2)"));
  }

  @Test
  void theWrongServerAndTheWrongRoleAreTold() throws Exception {
    assertThat(run(ReplicationChecks.primary(standby.unpooled("watcher"), 1, MOST, time)))
        .isEqualTo(CheckResult.unhealthy("the server is a standby (expected: a primary)"));
    assertThat(run(ReplicationChecks.standby(primary.unpooled("watcher"), MOST)))
        .isEqualTo(CheckResult.unhealthy("the server is a primary (expected: a standby)"));

    await().until(() -> run(onPrimary(1)).status() == Status.HEALTHY);
    assertThat(run(ReplicationChecks.primary(primary.unpooled("stranger"), 1, MOST, time)))
        .isEqualTo(
            CheckResult.unhealthy("the role may not see the standbys (expected: pg_monitor)"));
    assertThat(run(ReplicationChecks.standby(standby.unpooled("stranger"), MOST)))
        .isEqualTo(
            CheckResult.unhealthy("the role may not see the receiver (expected: pg_monitor)"));
  }

  @Test
  void boundsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> onPrimary(0))
        .hasMessage("replication.standbys: 0 (expected: 1 to 2147483647)");
    assertThatThrownBy(() -> ReplicationChecks.standby(primary.unpooled("watcher"), Duration.ZERO))
        .hasMessage("replication.most: 0s (expected: more than 0s)");
  }

  private Check onPrimary(int standbys) {
    return ReplicationChecks.primary(primary.unpooled("watcher"), standbys, MOST, time);
  }

  /** The embedded server commits before its log is written, unless it is told otherwise. */
  private static void write() throws SQLException {
    primary.execute("begin; set local synchronous_commit = local; create table written"
        + TABLES.incrementAndGet() + " (id int); commit");
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(5)));
  }
}
