package dev.nines.telemetry;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * One series that somebody publishes: a counter or a gauge whose value is read when it is rendered.
 *
 * @param metric its definition, a counter or a gauge
 * @param labelValues values of the metric's labels, in their order; bounded by what was declared, never by traffic
 * @param value read at each scrape, from any thread; must neither block nor throw
 */
public record Instrument(Metric metric, List<String> labelValues, DoubleSupplier value) {

  public Instrument {
    labelValues = List.copyOf(labelValues);
    if (metric.type() == Metric.Type.HISTOGRAM) {
      throw new IllegalArgumentException(
          metric.name() + ": histogram (expected: a counter or a gauge)");
    }
    requireValues(metric, labelValues);
  }

  static void requireValues(Metric metric, List<String> labelValues) {
    if (labelValues.size() != metric.labels().size()) {
      throw new IllegalArgumentException(
          metric.name() + ": " + labelValues + " (expected: values for " + metric.labels() + ")");
    }
  }
}
