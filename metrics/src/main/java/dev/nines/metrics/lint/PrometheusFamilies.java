package dev.nines.metrics.lint;

import dev.nines.telemetry.MetricKind;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads families from what a Prometheus registry would expose. */
public final class PrometheusFamilies {

  private PrometheusFamilies() {}

  /** Returns the families of a scrape. */
  public static List<ExposedFamily> of(Iterable<MetricSnapshot> scrape) {
    return StreamSupport.stream(scrape.spliterator(), false)
        .map(PrometheusFamilies::family)
        .toList();
  }

  private static ExposedFamily family(MetricSnapshot snapshot) {
    MetricKind kind = kind(snapshot);
    String name = snapshot.getMetadata().getPrometheusName();
    return new ExposedFamily(
        kind == MetricKind.COUNTER
            ? name + "_total"
            : kind == MetricKind.INFO ? name + "_info" : name,
        kind,
        Objects.toString(snapshot.getMetadata().getUnit(), ""),
        help(snapshot.getMetadata().getHelp()),
        snapshot.getDataPoints().stream().map(PrometheusFamilies::labels).toList(),
        snapshot.getDataPoints().stream()
            .mapToInt(PrometheusFamilies::series)
            .max()
            .orElse(1),
        snapshot.getDataPoints().stream()
            .mapToDouble(PrometheusFamilies::observed)
            .sum());
  }

  private static String help(@Nullable String help) {
    return help == null ? "" : help;
  }

  private static MetricKind kind(MetricSnapshot snapshot) {
    if (snapshot instanceof CounterSnapshot) {
      return MetricKind.COUNTER;
    } else if (snapshot instanceof GaugeSnapshot) {
      return MetricKind.GAUGE;
    } else if (snapshot instanceof HistogramSnapshot) {
      return MetricKind.HISTOGRAM;
    } else if (snapshot instanceof SummarySnapshot) {
      return MetricKind.SUMMARY;
    } else if (snapshot instanceof InfoSnapshot) {
      return MetricKind.INFO;
    } else if (snapshot instanceof StateSetSnapshot) {
      return MetricKind.STATE_SET;
    }
    return MetricKind.UNKNOWN;
  }

  private static Map<String, String> labels(DataPointSnapshot point) {
    Map<String, String> labels = new TreeMap<>();
    point.getLabels().forEach(label -> labels.put(label.getName(), label.getValue()));
    return labels;
  }

  private static int series(DataPointSnapshot point) {
    if (point instanceof HistogramSnapshot.HistogramDataPointSnapshot histogram) {
      return 2
          + (histogram.hasClassicHistogramData() ? histogram.getClassicBuckets().size() : 0);
    }
    if (point instanceof SummarySnapshot.SummaryDataPointSnapshot summary) {
      return 2 + summary.getQuantiles().size();
    }
    return 1;
  }

  private static double observed(DataPointSnapshot point) {
    return point instanceof DistributionDataPointSnapshot distribution && distribution.hasCount()
        ? distribution.getCount()
        : 0;
  }
}
