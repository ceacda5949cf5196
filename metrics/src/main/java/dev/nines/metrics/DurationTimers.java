package dev.nines.metrics;

import dev.nines.telemetry.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the timers behind the duration histograms, each with its bounds and no others, within the budget of series.
 * Thread-safe.
 */
final class DurationTimers {

  private final MeterRegistry registry;
  private final SeriesBudget budget;
  private final FilteredMeters filtered;

  DurationTimers(MeterRegistry registry, SeriesBudget budget, FilteredMeters filtered) {
    this.registry = registry;
    this.budget = budget;
    this.filtered = filtered;
  }

  Timer timer(Metric metric, List<Duration> bounds, String... labelValues) {
    String[] within = budget.within(metric, SeriesCount.ofHistogram(bounds.size()), labelValues);
    List<Tag> tags = MeterName.tags(metric, List.of(within));
    Timer timer = Timer.builder(MeterName.of(metric))
        .description(metric.help())
        .tags(tags)
        .publishPercentileHistogram(false)
        .serviceLevelObjectives(bounds.toArray(Duration[]::new))
        .register(registry);
    filtered.inspect(metric, timer, tags);
    inspectBounds(metric, bounds, timer);
    return timer;
  }

  /** Registries that keep no buckets of their own show none, which is no fault. */
  private void inspectBounds(Metric metric, List<Duration> bounds, Timer timer) {
    CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
    long[] actual = Arrays.stream(buckets)
        .mapToDouble(bucket -> bucket.bucket(TimeUnit.NANOSECONDS))
        .filter(Double::isFinite)
        .mapToLong(Math::round)
        .toArray();
    long[] wanted = bounds.stream().mapToLong(Duration::toNanos).toArray();
    if (buckets.length > 0 && !Arrays.equals(actual, wanted)) {
      filtered.rebucketed(metric);
    }
  }
}
