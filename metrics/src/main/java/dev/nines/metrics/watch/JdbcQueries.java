package dev.nines.metrics.watch;

import dev.nines.time.TimeSource;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ProxyConfig;
import net.ttddyy.dsproxy.proxy.Stopwatch;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import org.jspecify.annotations.Nullable;

/** See {@link Watch#jdbc}. Thread-safe. */
final class JdbcQueries implements Watch<DataSource>, QueryExecutionListener {

  private static final String[] SINGLE = labels(false);
  private static final String[] BATCH = labels(true);

  private final String dependency;
  private final ProxyDataSource watched;
  private volatile @Nullable Started started;
  private volatile @Nullable Operations operations;

  private record Started(WatchContext context, TimeSource time, SlowQueries slow) {}

  JdbcQueries(String dependency, DataSource source) {
    this.dependency = dependency;
    this.watched = new ProxyDataSource(source);
    watched.setProxyConfig(
        ProxyConfig.Builder.create().stopwatchFactory(Nanos::new).build());
    watched.addListener(this);
  }

  @Override
  public String name() {
    return "jdbc:" + dependency;
  }

  @Override
  public DataSource watched() {
    return watched;
  }

  @Override
  public void start(WatchContext context) {
    started = new Started(context, context.time(), new SlowQueries(dependency, context));
  }

  @Override
  public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

  @Override
  public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
    Started measures = started;
    if (measures != null && execution.getElapsedTime() >= 0) {
      String sql = queries.isEmpty() ? "" : queries.get(0).getQuery();
      record(measures, execution, sql == null ? "" : sql);
    }
  }

  private void record(Started measures, ExecutionInfo execution, String sql) {
    long nanos = execution.getElapsedTime();
    Operations durations = operations(measures, execution);
    String[] labels = execution.isBatch() ? BATCH : SINGLE;
    durations.record(labels[SqlOperation.of(sql).ordinal()], execution.getThrowable(), nanos);
    if (measures.slow.slow(nanos)) {
      measures.slow.tell(sql, nanos, execution.isSuccess(), durations.system());
    }
  }

  /** Which database it is becomes known with the first query. */
  private Operations operations(Started measures, ExecutionInfo execution) {
    Operations known = operations;
    if (known == null) {
      known = new Operations(dependency, system(execution), measures.context);
      operations = known;
    }
    return known;
  }

  private static String system(ExecutionInfo execution) {
    Statement statement = execution.getStatement();
    try {
      return statement == null
          ? DatabaseSystem.ofUrl(null)
          : DatabaseSystem.of(statement.getConnection());
    } catch (SQLException e) {
      return DatabaseSystem.ofUrl(null); // closed already by what went wrong
    }
  }

  private static String[] labels(boolean batch) {
    SqlOperation[] all = SqlOperation.values();
    String[] labels = new String[all.length];
    for (SqlOperation operation : all) {
      labels[operation.ordinal()] = operation.label(batch);
    }
    return labels;
  }

  /** Counts in nanoseconds of the service's clock, where the library's own would count in milliseconds. */
  private final class Nanos implements Stopwatch {

    private final @Nullable Started measures = started;
    private long begun;

    @Override
    public Stopwatch start() {
      begun = measures == null ? 0 : measures.time.nanos();
      return this;
    }

    @Override
    public long getElapsedTime() {
      return measures == null ? -1 : measures.time.nanos() - begun;
    }
  }
}
