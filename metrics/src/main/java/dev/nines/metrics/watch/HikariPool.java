package dev.nines.metrics.watch;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;

/** See {@link Watch#hikari}. Thread-safe. */
final class HikariPool implements Watch<HikariDataSource> {

  private final String pool;
  private final HikariDataSource source;

  HikariPool(String pool, HikariDataSource source) {
    this.pool = pool;
    this.source = source;
  }

  @Override
  public String name() {
    return "pool:" + pool;
  }

  @Override
  public HikariDataSource watched() {
    return source;
  }

  /** A pool that has a tracker already keeps it; what it counts itself is there all the same. */
  @Override
  public void start(WatchContext context) {
    Instruments instruments = context.instruments();
    publish(instruments, "used", HikariPoolMXBean::getActiveConnections);
    publish(instruments, "idle", HikariPoolMXBean::getIdleConnections);
    instruments.publish(Metrics.DB_CONNECTION_MAX, source::getMaximumPoolSize, pool);
    instruments.publish(
        Metrics.DB_CONNECTION_PENDING,
        () -> read(HikariPoolMXBean::getThreadsAwaitingConnection),
        pool);
    context.saturation(name(), this::share);
    if (source.getMetricsTrackerFactory() == null && source.getMetricRegistry() == null) {
      Tracker tracker = new Tracker(pool, context);
      source.setMetricsTrackerFactory((name, stats) -> tracker);
    }
  }

  /** Those who wait are part of the demand, so that a pool without room shows by how much. */
  private double share() {
    double wanted = read(HikariPoolMXBean::getActiveConnections)
        + read(HikariPoolMXBean::getThreadsAwaitingConnection);
    return wanted / source.getMaximumPoolSize();
  }

  private void publish(
      Instruments instruments, String state, ToIntFunction<HikariPoolMXBean> count) {
    instruments.publish(Metrics.DB_CONNECTIONS, () -> read(count), pool, state);
  }

  /** A pool that nobody has used yet has no bean, and no connection. */
  private double read(ToIntFunction<HikariPoolMXBean> count) {
    HikariPoolMXBean bean = source.getHikariPoolMXBean();
    return bean == null ? 0 : count.applyAsInt(bean);
  }

  /** What the pool tells as it happens. */
  private static final class Tracker implements IMetricsTracker {

    private final LongConsumer waited;
    private final LongConsumer used;
    private final LongConsumer created;
    private final LongAdder timeouts = new LongAdder();

    Tracker(String pool, WatchContext context) {
      waited = durations(Metrics.DB_CONNECTION_WAIT, pool, context);
      used = durations(Metrics.DB_CONNECTION_USE, pool, context);
      created = durations(Metrics.DB_CONNECTION_CREATE, pool, context);
      context.instruments().publish(Metrics.DB_CONNECTION_TIMEOUTS, timeouts::sum, pool);
    }

    private static LongConsumer durations(Metric metric, String pool, WatchContext context) {
      List<Duration> bounds = context.bounds(pool);
      return context.instruments().durations(metric, bounds, pool);
    }

    @Override
    public void recordConnectionAcquiredNanos(long nanos) {
      waited.accept(nanos);
    }

    @Override
    public void recordConnectionUsageMillis(long millis) {
      used.accept(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    public void recordConnectionCreatedMillis(long millis) {
      created.accept(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    public void recordConnectionTimeout() {
      timeouts.increment();
    }
  }
}
