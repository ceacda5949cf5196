package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.health.checks.LagCheck.Finding;
import dev.nines.targets.Durations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What a standby knows of itself; see {@link ReplicationChecks#standby}.
 *
 * @param most how far behind it may be
 */
record StandbyView(Duration most) implements JdbcQuestion.Reader<Finding> {

  /** What was received lies before what was replayed when streaming begins anew within a file that is known. */
  static final String SQL = """
      select pg_is_in_recovery() as standby,
          pg_last_wal_receive_lsn() is not null as streamed,
          pg_last_wal_replay_lsn() >= pg_last_wal_receive_lsn() as replayed,
          extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) as age,
          (select count(*) from pg_stat_wal_receiver) as receivers,
          (select max(status) from pg_stat_wal_receiver) as status
      """;

  StandbyView {
    Require.positive("replication.most", most);
  }

  @Override
  public Finding read(ResultSet row) throws SQLException {
    row.next();
    if (!row.getBoolean("standby")) {
      return Finding.untold("the server is a primary (expected: a standby)");
    }
    if (!row.getBoolean("streamed")) {
      return judge(age(row));
    }
    if (row.getInt("receivers") == 0) {
      return Finding.untold("the standby has no connection to its primary");
    }
    if (row.getString("status") == null) {
      return Finding.untold("the role may not see the receiver (expected: pg_monitor)");
    }
    return judge(row.getBoolean("replayed") ? 0 : age(row));
  }

  private Finding judge(double seconds) {
    if (Double.isNaN(seconds)) {
      return Finding.untold("no transaction was replayed since the server started");
    }
    Duration behind = Duration.ofMillis(Math.round(seconds * 1_000));
    String message =
        Durations.format(behind) + " behind (expected: at most " + Durations.format(most) + ")";
    boolean tooFar = behind.compareTo(most) > 0;
    return Finding.of(
        tooFar ? CheckResult.unhealthy(message) : CheckResult.healthy(message), behind);
  }

  /** Returns the age of the last transaction that was replayed; clocks may differ, so that it seems to be to come. */
  private static double age(ResultSet row) throws SQLException {
    double age = row.getDouble("age");
    return row.wasNull() ? Double.NaN : Math.max(0, age);
  }
}
