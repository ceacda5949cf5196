package dev.nines.metrics;

import static dev.nines.metrics.ExpositionWriter.bytes;

import io.micrometer.core.instrument.Tag;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.util.List;
import java.util.function.DoubleSupplier;

/** The series of a counter or of a gauge. Thread-safe. */
final class NumberFamily extends OwnFamily<NumberFamily.Series> {

  /** @param line all of its line up to the value */
  record Series(byte[] line, Labels labels, DoubleSupplier value) {}

  NumberFamily(String name, MetricType type, String help) {
    super(name, type, help);
  }

  void add(List<Tag> tags, DoubleSupplier value) {
    String name = metadata().getPrometheusName() + (isCounter() ? "_total" : "");
    String line = tags.isEmpty() ? name + ' ' : name + '{' + LabelText.of(tags) + "} ";
    add(tags, new Series(bytes(line), labels(tags), value));
  }

  @Override
  void write(Series series, ExpositionWriter out, boolean openMetrics) throws IOException {
    out.put(series.line).put(series.value.getAsDouble()).put('\n');
  }

  @Override
  MetricSnapshot collect() {
    return isCounter()
        ? new CounterSnapshot(
            metadata(), series().stream().map(NumberFamily::counted).toList())
        : new GaugeSnapshot(
            metadata(), series().stream().map(NumberFamily::gauged).toList());
  }

  private boolean isCounter() {
    return type() == MetricType.COUNTER;
  }

  private static CounterDataPointSnapshot counted(Series series) {
    return new CounterDataPointSnapshot(series.value.getAsDouble(), series.labels, null, 0);
  }

  private static GaugeDataPointSnapshot gauged(Series series) {
    return new GaugeDataPointSnapshot(series.value.getAsDouble(), series.labels, null);
  }
}
