package dev.nines.metrics.watch;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts slow queries and tells of them, a few a minute. Thread-safe. */
final class SlowQueries {

  private static final int LINES = 10;
  private static final Duration EACH = Duration.ofMinutes(1);

  private final String dependency;
  private final long threshold;
  private final EventBus events;
  private final Ration ration;
  private final LongAdder count = new LongAdder();

  SlowQueries(String dependency, WatchContext context) {
    this.dependency = dependency;
    this.threshold = context.dependency(dependency).slowCallThreshold().toNanos();
    this.events = context.events();
    this.ration = new Ration(LINES, EACH, context.time());
    context.instruments().publish(Metrics.SLOW_QUERIES, count::sum, dependency);
  }

  boolean slow(long nanos) {
    return nanos > threshold;
  }

  void tell(String sql, long nanos, boolean succeeded, String system) {
    count.increment();
    long suppressed = ration.take();
    if (suppressed >= 0) {
      events.publish(event(
          StatementText.withoutValues(sql, DatabaseSystem.isAnsi(system)),
          TimeUnit.NANOSECONDS.toMillis(nanos),
          succeeded,
          suppressed));
    }
  }

  private Event event(String statement, long millis, boolean succeeded, long suppressed) {
    long most = TimeUnit.NANOSECONDS.toMillis(threshold);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dependency", dependency);
    fields.put("duration_ms", millis);
    fields.put("threshold_ms", most);
    fields.put("statement", statement);
    fields.put("succeeded", succeeded);
    fields.put("suppressed", suppressed);
    return new Event(
        "slow_query",
        System.Logger.Level.WARNING,
        "A query of " + dependency + " took " + millis + " ms, of which its share is " + most
            + " ms",
        fields);
  }
}
