package dev.nines.metrics;

import dev.nines.time.TimeSource;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Reads the meters of a registry as OpenTelemetry's metrics, at each push. Thread-safe. */
final class OtlpMetrics implements MetricProducer {

  static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.nines");

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MeterRegistry registry;
  private final TimeSource time;
  private final long startNanos;

  /** What all points of one metric share. */
  private record Family(String name, MetricDataType type, String unit, String help) {}

  OtlpMetrics(MeterRegistry registry, TimeSource time) {
    this.registry = registry;
    this.time = time;
    this.startNanos = nanos(time.now());
  }

  @Override
  public Collection<MetricData> produce(Resource resource) {
    Points points = new Points(nanos(time.now()));
    registry.getMeters().forEach(points::add);
    List<MetricData> metrics = new ArrayList<>();
    points.byFamily.forEach((family, all) -> metrics.add(new OtlpMetric(
        resource, family.name, family.help, family.unit, family.type, data(family.type, all))));
    return metrics;
  }

  private static Data<?> data(MetricDataType type, List<PointData> points) {
    return switch (type) {
      case DOUBLE_SUM ->
        SumData.createDoubleSumData(
            true, AggregationTemporality.CUMULATIVE, of(DoublePointData.class, points));
      case HISTOGRAM ->
        HistogramData.create(
            AggregationTemporality.CUMULATIVE, of(HistogramPointData.class, points));
      default -> GaugeData.createDoubleGaugeData(of(DoublePointData.class, points));
    };
  }

  private static <T> List<T> of(Class<T> type, List<PointData> points) {
    return points.stream().map(type::cast).toList();
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  /** The points of one push. */
  private final class Points {

    final Map<Family, List<PointData>> byFamily = new LinkedHashMap<>();
    private final long now;

    Points(long now) {
      this.now = now;
    }

    void add(Meter meter) {
      meter.use(
          gauge -> number(gauge, MetricDataType.DOUBLE_GAUGE, gauge.value()),
          counter -> number(counter, MetricDataType.DOUBLE_SUM, counter.count()),
          timer -> histogram(timer, "s", timer.takeSnapshot(), NANOS_PER_SECOND),
          summary -> histogram(summary, unit(summary), summary.takeSnapshot(), 1),
          tasks -> number(tasks, MetricDataType.DOUBLE_GAUGE, tasks.activeTasks()),
          gauge -> number(gauge, MetricDataType.DOUBLE_GAUGE, gauge.value(TimeUnit.SECONDS)),
          counter -> number(counter, MetricDataType.DOUBLE_SUM, counter.count()),
          this::timer,
          this::measurements);
    }

    private void number(Meter meter, MetricDataType type, double value) {
      if (Double.isFinite(value)) {
        put(
            meter,
            type,
            unit(meter),
            (attributes, start) ->
                DoublePointData.create(start, now, attributes, value, List.of()));
      }
    }

    private void timer(FunctionTimer timer) {
      put(
          timer,
          MetricDataType.HISTOGRAM,
          "s",
          (attributes, start) ->
              point(start, attributes, timer.totalTime(TimeUnit.SECONDS), List.of(), List.of((long)
                  timer.count())));
    }

    private void measurements(Meter meter) {
      for (Measurement measurement : meter.measure()) {
        double value = measurement.getValue();
        String statistic = measurement.getStatistic().getTagValueRepresentation();
        Family family = new Family(
            meter.getId().getName() + "." + statistic,
            MetricDataType.DOUBLE_GAUGE,
            unit(meter),
            help(meter));
        add(family, DoublePointData.create(startNanos, now, attributes(meter), value, List.of()));
      }
    }

    /** @param scale how many of the snapshot's units are one of the metric's */
    private void histogram(Meter meter, String unit, HistogramSnapshot snapshot, double scale) {
      List<Double> bounds = new ArrayList<>();
      List<Long> counts = new ArrayList<>();
      long counted = 0;
      for (CountAtBucket bucket : snapshot.histogramCounts()) {
        if (Double.isFinite(bucket.bucket())) {
          bounds.add(bucket.bucket() / scale);
          counts.add((long) bucket.count() - counted);
          counted = (long) bucket.count();
        }
      }
      counts.add(Math.max(0, snapshot.count() - counted));
      put(
          meter,
          MetricDataType.HISTOGRAM,
          unit,
          (attributes, start) ->
              point(start, attributes, snapshot.total() / scale, bounds, counts));
    }

    private HistogramPointData point(
        long start, Attributes attributes, double sum, List<Double> bounds, List<Long> counts) {
      return HistogramPointData.create(
          start, now, attributes, sum, false, 0, false, 0, bounds, counts);
    }

    private void put(
        Meter meter,
        MetricDataType type,
        String unit,
        BiFunction<Attributes, Long, PointData> point) {
      Family family = new Family(meter.getId().getName(), type, unit, help(meter));
      add(family, point.apply(attributes(meter), startNanos));
    }

    private void add(Family family, PointData point) {
      byFamily.computeIfAbsent(family, f -> new ArrayList<>()).add(point);
    }

    private static Attributes attributes(Meter meter) {
      return OtlpNames.attributes(meter.getId().getTags());
    }

    private static String unit(Meter meter) {
      return OtlpNames.unit(meter.getId().getBaseUnit());
    }

    private static String help(Meter meter) {
      String description = meter.getId().getDescription();
      return description == null ? "" : description;
    }
  }
}
