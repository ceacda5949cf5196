package dev.nines.metrics.watch;

import dev.nines.derive.DependencySettings;
import dev.nines.derive.Settings;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What a {@link Watch} may read, and where it puts what it measures. Thread-safe. */
public interface WatchContext {

  Settings settings();

  Instruments instruments();

  EventBus events();

  TimeSource time();

  /** Returns a value for {@code error_type}, bounded in number: the exception's class, empty where there was none. */
  String errorType(@Nullable Throwable thrown);

  /**
   * Reads something in the background, at the interval of the health checks, on a thread of its own: for whatever may wait.
   * Ends with the service.
   */
  <T> Sampling<T> sample(String name, Callable<? extends T> source);

  /**
   * Returns the settings of a declared dependency.
   *
   * @throws IllegalArgumentException if there is none of that name; the message names those there are
   */
  default DependencySettings dependency(String name) {
    DependencySettings found = settings().dependencies().get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "watch: " + name + " (expected: a declared dependency, one of "
              + settings().dependencies().keySet() + ")");
    }
    return found;
  }

  /** Returns the histogram bounds of the dependency of that name, else those of the service. */
  default List<Duration> bounds(String name) {
    DependencySettings found = settings().dependencies().get(name);
    return found == null ? settings().latencyBounds() : found.latencyBounds();
  }

  /** Publishes how full a resource is, 1 at its limit; NaN while that is unknown. */
  default void saturation(String resource, DoubleSupplier share) {
    instruments().publish(Metrics.SATURATION, share, resource);
  }
}
