package dev.nines.metrics;

import static dev.nines.metrics.ExpositionWriter.bytes;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;

/** The series of a histogram. Thread-safe. */
final class HistogramFamily extends OwnFamily<HistogramSeries> {

  private final byte[] bucket;
  private final byte[] count;
  private final byte[] sum;

  HistogramFamily(String name, String help) {
    super(name, MetricType.HISTOGRAM, help);
    this.bucket = bytes(name + "_bucket{");
    this.count = bytes(name + "_count");
    this.sum = bytes(name + "_sum");
  }

  @Override
  void write(HistogramSeries series, ExpositionWriter out, boolean openMetrics) throws IOException {
    long observed = series.writeBuckets(bucket, out, openMetrics);
    out.put(count).put(series.labelled()).put(observed).put('\n');
    out.put(sum).put(series.labelled()).put(series.sum()).put('\n');
  }

  @Override
  MetricSnapshot collect() {
    return new HistogramSnapshot(
        metadata(), series().stream().map(HistogramSeries::dataPoint).toList());
  }
}
