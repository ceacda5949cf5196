package dev.nines.telemetry;

import java.time.Duration;
import java.util.List;

/**
 * One series of durations that somebody records.
 *
 * @param metric its definition, a histogram of seconds
 * @param labelValues values of the metric's labels, in their order; bounded by what was declared, never by traffic
 * @param bounds upper bounds of its buckets, rising; the same for all series of a metric
 */
public record Durations(Metric metric, List<String> labelValues, List<Duration> bounds) {

  public Durations {
    labelValues = List.copyOf(labelValues);
    bounds = List.copyOf(bounds);
    if (metric.type() != Metric.Type.HISTOGRAM) {
      throw new IllegalArgumentException(
          metric.name() + ": " + metric.type() + " (expected: a histogram)");
    }
    Instrument.requireValues(metric, labelValues);
  }
}
