package dev.nines.metrics.watch;

import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The durations of a database's operations. Which operations there are is bounded by who calls it. Thread-safe. */
final class Operations {

  private final String dependency;
  private final String system;
  private final List<Duration> bounds;
  private final WatchContext context;
  private final ConcurrentHashMap<String, LongConsumer> successes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<List<String>, LongConsumer> failures = new ConcurrentHashMap<>();

  Operations(String dependency, String system, WatchContext context) {
    this.dependency = dependency;
    this.system = system;
    this.bounds = context.bounds(dependency);
    this.context = context;
  }

  String system() {
    return system;
  }

  void record(String operation, @Nullable Throwable thrown, long nanos) {
    if (thrown == null) {
      LongConsumer known = successes.get(operation);
      (known != null ? known : successes.computeIfAbsent(operation, o -> durations(o, "")))
          .accept(nanos);
    } else {
      failures
          .computeIfAbsent(
              List.of(operation, context.errorType(thrown)), of -> durations(of.get(0), of.get(1)))
          .accept(nanos);
    }
  }

  private LongConsumer durations(String operation, String errorType) {
    return context
        .instruments()
        .durations(Metrics.DB_OPERATION_DURATION, bounds, dependency, system, operation, errorType);
  }
}
