package dev.nines.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The registry that serves when the user brings none. It shares nothing with other registries of the process, and a
 * function of the user's that throws costs its own value, not the scrape; gauges are guarded by Micrometer itself.
 */
final class OwnRegistry extends PrometheusMeterRegistry {

  /** Micrometer's names in which promtool finds fault; {@link RuntimeMeters} has the processor time under a better one. */
  private static final Set<String> MISNAMED = Set.of("process.cpu.time", "system.cpu.count");

  OwnRegistry() {
    super(new Config(), new WithoutMaxima(), Clock.SYSTEM, new CurrentSpan());
    config().meterFilter(MeterFilter.deny(id -> MISNAMED.contains(id.getName())));
  }

  @Override
  protected <T> FunctionCounter newFunctionCounter(
      Meter.Id id, T object, ToDoubleFunction<T> count) {
    return super.newFunctionCounter(id, object, guarded(count));
  }

  @Override
  protected <T> FunctionTimer newFunctionTimer(
      Meter.Id id, T object, ToLongFunction<T> count, ToDoubleFunction<T> total, TimeUnit unit) {
    ToDoubleFunction<T> counted = guarded(count::applyAsLong);
    return super.newFunctionTimer(
        id, object, value -> (long) counted.applyAsDouble(value), guarded(total), unit);
  }

  /** A counter that cannot be read stays where it stood. */
  private static <T> ToDoubleFunction<T> guarded(ToDoubleFunction<T> function) {
    return new ToDoubleFunction<>() {
      private volatile double last;

      @Override
      public double applyAsDouble(T value) {
        try {
          last = function.applyAsDouble(value);
        } catch (RuntimeException e) {
          System.getLogger("dev.nines.metrics")
              .log(System.Logger.Level.DEBUG, "A counter cannot be read", e);
        }
        return last;
      }
    };
  }

  /** Micrometer would put exemplars on counts of histograms too, where OpenMetrics 1.0 allows none. */
  private static final class Config implements PrometheusConfig {

    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      return new Properties();
    }
  }
}
