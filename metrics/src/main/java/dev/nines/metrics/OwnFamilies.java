package dev.nines.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.prometheus.metrics.config.ExemplarsProperties;
import io.prometheus.metrics.core.exemplars.ExemplarSampler;
import io.prometheus.metrics.core.exemplars.ExemplarSamplerConfig;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/** The metrics of ours: makes their series, and shows them to scrapers. Thread-safe. */
final class OwnFamilies {

  private static final String TOTAL = "_total";

  private final SpanContext spans;
  private final Map<String, OwnFamily<?>> byName = new ConcurrentSkipListMap<>();

  /** Series of a metric have the same bounds, and so share what follows from them. */
  private final Map<List<Long>, Shape> ofDurations = new HashMap<>();

  private final Map<List<Long>, Shape> ofNumbers = new HashMap<>();

  /** One series as Prometheus spells it. */
  record Named(Meter.Id id, String name, List<Tag> tags) {

    String help() {
      String description = id.getDescription();
      return description == null ? " " : description;
    }
  }

  private record Shape(BucketLayout layout, ExemplarSamplerConfig exemplars) {

    Shape(BucketLayout layout) {
      this(
          layout,
          new ExemplarSamplerConfig(ExemplarsProperties.builder().build(), layout.uppers()));
    }
  }

  OwnFamilies(SpanContext spans) {
    this.spans = spans;
  }

  /** Shows a counter. */
  synchronized void counter(Named named, DoubleSupplier value) {
    number(MetricType.COUNTER, base(named), named, value);
  }

  /** Shows a gauge. */
  synchronized void gauge(Named named, DoubleSupplier value) {
    number(MetricType.GAUGE, named.name(), named, value);
  }

  /** Makes a series of durations with these classic buckets, in nanoseconds, and shows it. */
  synchronized HistogramSeries durations(Named named, long created, double... bounds) {
    Shape shape = ofDurations.computeIfAbsent(
        whole(bounds), key -> new Shape(BucketLayout.ofDurations(longs(key))));
    return histogram(named, created, shape);
  }

  /** Makes a series of whole numbers, and shows it. */
  synchronized HistogramSeries numbers(Named named, long created, double... bounds) {
    Shape shape = ofNumbers.computeIfAbsent(
        whole(bounds), key -> new Shape(BucketLayout.ofNumbers(longs(key))));
    return histogram(named, created, shape);
  }

  synchronized void remove(Named named) {
    OwnFamily<?> family = byName.get(base(named));
    if (family != null) {
      family.remove(named.tags());
    }
  }

  /** Returns whether a metric of that name, without {@code _total}, is one of these. */
  boolean has(String name) {
    OwnFamily<?> family = byName.get(name);
    return family != null && !family.isEmpty();
  }

  void write(ExpositionWriter out, boolean openMetrics) throws IOException {
    for (OwnFamily<?> family : shown()) {
      family.write(out, openMetrics);
    }
  }

  List<MetricSnapshot> collect() {
    return shown().stream().<MetricSnapshot>map(OwnFamily::collect).toList();
  }

  private List<OwnFamily<?>> shown() {
    return byName.values().stream()
        .<OwnFamily<?>>filter(family -> !family.isEmpty())
        .toList();
  }

  private void number(MetricType type, String name, Named named, DoubleSupplier value) {
    NumberFamily fresh = new NumberFamily(name, type, named.help());
    family(name, fresh).add(named.tags(), value);
  }

  private HistogramSeries histogram(Named named, long created, Shape shape) {
    HistogramFamily fresh = new HistogramFamily(named.name(), named.help());
    HistogramFamily family = family(named.name(), fresh);
    HistogramSeries series = new HistogramSeries(
        shape.layout, new ExemplarSampler(shape.exemplars, spans), named.tags(), created);
    family.add(named.tags(), series);
    return series;
  }

  /** Returns the family of that name; whoever publishes sees to it that a name has one type. */
  @SuppressWarnings("unchecked") // the type decides the class
  private <F extends OwnFamily<?>> F family(String name, F fresh) {
    OwnFamily<?> known = byName.computeIfAbsent(name, added -> fresh);
    if (known.type() != fresh.type()) {
      throw new IllegalArgumentException(
          name + ": " + fresh.type() + " (expected: " + known.type() + ", as before)");
    }
    return (F) known;
  }

  private static String base(Named named) {
    boolean total = named.id().getType() == Meter.Type.COUNTER && named.name().endsWith(TOTAL);
    return total ? named.name().substring(0, named.name().length() - TOTAL.length()) : named.name();
  }

  private static List<Long> whole(double... bounds) {
    return Arrays.stream(bounds).mapToLong(Math::round).sorted().boxed().toList();
  }

  private static long[] longs(List<Long> bounds) {
    return bounds.stream().mapToLong(Long::longValue).toArray();
  }
}
