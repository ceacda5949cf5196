package dev.nines.metrics;

import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leaves out the gauge of the maximum that Micrometer puts beside each histogram: no catalogue, rule or dashboard knows
 * it, and it would cost a series for each.
 */
final class WithoutMaxima extends PrometheusRegistry {

  private static final Set<String> MAXIMA = Metrics.all().stream()
      .filter(metric -> metric.type() == Metric.Type.HISTOGRAM)
      .map(metric -> metric.name() + "_max")
      .collect(Collectors.toUnmodifiableSet());

  @Override
  public MetricSnapshots scrape() {
    return scrape(name -> !MAXIMA.contains(name));
  }
}
