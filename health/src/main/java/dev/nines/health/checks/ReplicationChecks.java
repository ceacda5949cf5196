package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.time.TimeSource;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Checks of PostgreSQL's streaming replication, from either end. Both publish the lag under the name of the check:
 * {@code nines_replication_lag_seconds{check}}, not a number while it cannot be told.
 *
 * <p>They mean different things. On the primary: would data be lost if it died now, and is there anybody to take over? No
 * request fails of it, and it is the same for all instances: add the check with {@code HealthEndpoints.check(name, check)}.
 * On a standby: is what it answers too old? That belongs to the {@link dev.nines.dependency.Dependency} that is read from.
 *
 * <p>PostgreSQL 10 or later. The role needs {@code pg_monitor}: without it PostgreSQL hides what is asked, which the check
 * says. All are thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html">PostgreSQL, "The Cumulative Statistics
 *     System"</a>
 */
public final class ReplicationChecks {

  private ReplicationChecks() {}

  /**
   * Asks a primary who follows it. Unhealthy when fewer standbys than needed stream and are fresh enough, degraded when one
   * beyond those lags. Subscribers of logical replication and archivers of the log do not count.
   *
   * <p>The lag of a standby that replies is what it reports. One that does not, or whose replay stands still, lags since
   * this check first saw it miss something: the reported one stays then at what it was. A primary on which nothing is
   * written has no lag.
   *
   * @param standbys how many are needed; positive
   * @param most how far behind they may be; positive
   */
  public static Check primary(DataSource primary, int standbys, Duration most, TimeSource time) {
    return new LagCheck(
        new JdbcQuestion(primary::getConnection, PrimaryView.SQL),
        new PrimaryView(standbys, most, time));
  }

  /**
   * Asks a standby how old what it answers is: nothing if all that was received is replayed, else the age of the last
   * transaction that was, by the clocks of both machines. Over the bound it is unhealthy; so is one without a connection
   * to its primary. One that gets its log from an archive alone is judged by that age always.
   *
   * <p>A primary that falls silent without closing the connection is told when {@code wal_receiver_timeout} is over,
   * PostgreSQL's own setting (1 min by default).
   *
   * @param most how far behind it may be; positive
   */
  public static Check standby(DataSource standby, Duration most) {
    return new LagCheck(
        new JdbcQuestion(standby::getConnection, StandbyView.SQL), new StandbyView(most));
  }
}
