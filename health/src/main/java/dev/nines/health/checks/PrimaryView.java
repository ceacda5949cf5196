package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.health.checks.LagCheck.Finding;
import dev.nines.targets.Durations;
import dev.nines.time.TimeSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What a primary knows of its standbys; see {@link ReplicationChecks#primary}. */
final class PrimaryView implements JdbcQuestion.Reader<Finding> {

  /** One row at least, for the server; those of logical replication keep no copy to take over. */
  static final String SQL = """
      select server.standby, r.pid, r.state,
          extract(epoch from r.replay_lag) as reported,
          pg_wal_lsn_diff(server.written, '0/0') as written,
          pg_wal_lsn_diff(r.replay_lsn, '0/0') as replayed
        from (select pg_is_in_recovery() as standby,
            case when pg_is_in_recovery() then null else pg_current_wal_lsn() end as written) server
        left join pg_stat_replication r on (r.state is null or r.replay_lsn is not null)
          and not exists (select from pg_replication_slots slot
            where slot.active_pid = r.pid and slot.slot_type = 'logical')
      """;

  private final int needed;
  private final Duration most;
  private final ReplayMarks marks;

  PrimaryView(int needed, Duration most, TimeSource time) {
    this.needed = Require.between("replication.standbys", needed, 1, Integer.MAX_VALUE);
    this.most = Require.positive("replication.most", most);
    this.marks = new ReplayMarks(time);
  }

  @Override
  public Finding read(ResultSet rows) throws SQLException {
    List<Standby> found = new ArrayList<>();
    while (rows.next()) {
      if (rows.getBoolean("standby")) {
        return Finding.untold("the server is a standby (expected: a primary)");
      }
      if (rows.getLong("pid") != 0) {
        found.add(standby(rows));
      }
    }
    return found.stream().anyMatch(Standby::hidden)
        ? Finding.untold("the role may not see the standbys (expected: pg_monitor)")
        : judge(found);
  }

  private Finding judge(List<Standby> found) {
    marks.keep(found.stream().map(Standby::process).toList());
    List<Duration> lags = found.stream()
        .filter(Standby::streams)
        .map(standby -> standby.lag(marks))
        .sorted()
        .toList();
    return lags.size() < needed
        ? Finding.untold(lags.size() + " standbys stream (expected: at least " + needed + ")")
        : Finding.of(judgeLags(lags), lags.get(needed - 1));
  }

  private CheckResult judgeLags(List<Duration> lags) {
    long fresh = lags.stream().filter(lag -> lag.compareTo(most) <= 0).count();
    Duration worst = lags.get(lags.size() - 1).truncatedTo(ChronoUnit.MILLIS);
    String message = fresh + " of " + lags.size() + " standbys are at most "
        + Durations.format(most) + " behind, the last one " + Durations.format(worst)
        + " (expected: at least " + needed + ")";
    if (fresh < needed) {
      return CheckResult.unhealthy(message);
    }
    return fresh < lags.size() ? CheckResult.degraded(message) : CheckResult.healthy(message);
  }

  private static Standby standby(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return new Standby(
        row.getLong("pid"),
        state == null ? "" : state,
        Duration.ofMillis(Math.round(row.getDouble("reported") * 1_000)),
        row.getLong("written"),
        row.getLong("replayed"));
  }
}
