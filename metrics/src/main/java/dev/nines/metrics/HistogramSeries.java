package dev.nines.metrics;

import static dev.nines.metrics.ExpositionWriter.bytes;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import io.prometheus.metrics.core.exemplars.ExemplarSampler;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series of a histogram: counts each value once, and shows it as classic and, if its layout has them, as native
 * buckets; Micrometer's own knows only the former. Its count is the sum of its cells, so that {@code _count} equals
 * {@code +Inf} in each scrape, also under load. Recording allocates nothing. Thread-safe.
 */
final class HistogramSeries {

  private static final ValueAtPercentile[] NO_PERCENTILES = {};

  private final BucketLayout layout;

  /** Their sum is a double: whole nanoseconds would overflow within days where thousands of long requests run at a time. */
  private final StripedCells cells;

  private final ExemplarSampler exemplars;
  private final Labels labels;
  private final byte[] labelled;
  private final byte[] bucketLabels;
  private final long created;

  HistogramSeries(BucketLayout layout, ExemplarSampler exemplars, List<Tag> tags, long created) {
    this.layout = layout;
    this.cells = new StripedCells(layout.cells());
    this.exemplars = exemplars;
    this.labels = OwnFamily.labels(tags);
    String text = LabelText.of(tags);
    this.labelled = bytes(tags.isEmpty() ? " " : '{' + text + "} ");
    this.bucketLabels = bytes(tags.isEmpty() ? "" : text + ',');
    this.created = created;
  }

  /** Counts a value in the layout's own unit, such as nanoseconds. */
  void record(long value) {
    cells.record(layout.cell(value), value);
    exemplars.observe(layout.inBaseUnit(value));
  }

  long count() {
    return Arrays.stream(counts()).sum();
  }

  /** Returns the sum in the layout's own unit. */
  double total() {
    return cells.sum();
  }

  /** Returns the sum as a scraper is told. */
  double sum() {
    return layout.inBaseUnit(cells.sum());
  }

  /** Returns the labels and the blank before the value. */
  byte[] labelled() {
    return labelled;
  }

  /** Writes a line for each bucket, and returns how many values there are in all. */
  long writeBuckets(byte[] name, ExpositionWriter out, boolean openMetrics) throws IOException {
    Exemplars found = openMetrics ? exemplars.collect() : Exemplars.EMPTY;
    long atMost = 0;
    int cell = 0;
    for (int bucket = 0; bucket < layout.buckets(); bucket++) {
      for (; cell < layout.cellsUpTo(bucket); cell++) {
        atMost += cells.count(cell);
      }
      out.put(name).put(bucketLabels).put(layout.le(bucket)).put(atMost);
      if (found.size() > 0) {
        write(found.get(layout.lower(bucket), layout.upper(bucket)), out);
      }
      out.put('\n');
    }
    return atMost;
  }

  private static void write(@Nullable Exemplar exemplar, ExpositionWriter out) throws IOException {
    if (exemplar == null) {
      return;
    }
    String before = " # {";
    for (Label label : exemplar.getLabels()) {
      out.put(before).put(label.getName()).put("=\"");
      out.put(bytes(LabelText.escaped(label.getValue()))).put('"');
      before = ",";
    }
    long millis = exemplar.getTimestampMillis();
    out.put("} ").put(exemplar.getValue()).put(' ');
    out.put(BigDecimal.valueOf(millis, 3).toPlainString());
  }

  /** Returns it in the layout's own unit, as Micrometer does. */
  HistogramSnapshot snapshot() {
    long[] counts = counts();
    long[] inBuckets = layout.classicCounts(counts);
    long[] bounds = layout.classic();
    CountAtBucket[] buckets = new CountAtBucket[bounds.length];
    long atMost = 0;
    for (int i = 0; i < bounds.length; i++) {
      atMost += inBuckets[i];
      buckets[i] = new CountAtBucket((double) bounds[i], atMost);
    }
    return new HistogramSnapshot(
        Arrays.stream(counts).sum(),
        total(),
        Double.NaN,
        NO_PERCENTILES,
        buckets,
        (out, scale) -> {});
  }

  /** Returns it as a scraper is told. */
  HistogramDataPointSnapshot dataPoint() {
    long[] counts = counts();
    return new HistogramDataPointSnapshot(
        layout.classicBuckets(counts),
        layout.schema(),
        layout.zeroCount(counts),
        layout.zeroThreshold(),
        layout.nativeBuckets(counts),
        NativeHistogramBuckets.EMPTY,
        sum(),
        labels,
        exemplars.collect(),
        created);
  }

  private long[] counts() {
    return cells.counts();
  }
}
