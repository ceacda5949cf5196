package dev.nines.metrics;

import dev.nines.telemetry.Metric;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;

/**
 * Makes the histograms of body sizes. OpenTelemetry advises no bounds for them; these lie a factor of 16 apart, which tells
 * empty bodies from small ones, pages from downloads, and costs five buckets.
 */
final class BodySizes {

  private static final double[] BOUNDS = {256, 4_096, 65_536, 1_048_576, 16_777_216};

  private final MeterRegistry registry;
  private final SeriesBudget budget;
  private final FilteredMeters filtered;

  BodySizes(MeterRegistry registry, SeriesBudget budget, FilteredMeters filtered) {
    this.registry = registry;
    this.budget = budget;
    this.filtered = filtered;
  }

  DistributionSummary summary(Metric metric, String... labelValues) {
    String[] within = budget.within(metric, SeriesCount.ofHistogram(BOUNDS.length), labelValues);
    List<Tag> tags = MeterName.tags(metric, List.of(within));
    DistributionSummary summary = DistributionSummary.builder(MeterName.of(metric))
        .description(metric.help())
        .baseUnit(metric.unit())
        .tags(tags)
        .publishPercentileHistogram(false)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
    filtered.inspect(metric, summary, tags);
    return summary;
  }
}
