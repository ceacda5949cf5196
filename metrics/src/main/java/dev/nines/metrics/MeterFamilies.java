package dev.nines.metrics;

import dev.nines.metrics.lint.ExposedFamily;
import dev.nines.telemetry.MetricKind;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads families from the meters of a registry that is no Prometheus one, under the names that they would have there. */
final class MeterFamilies {

  private static final NamingConvention NAMES = new PrometheusNamingConvention();

  private MeterFamilies() {}

  static List<ExposedFamily> of(List<Meter> meters) {
    Map<String, List<Meter>> byName = meters.stream()
        .collect(Collectors.groupingBy(
            meter -> meter.getId().getConventionName(NAMES),
            LinkedHashMap::new,
            Collectors.toList()));
    return byName.entrySet().stream()
        .map(family -> family(family.getKey(), family.getValue()))
        .toList();
  }

  private static ExposedFamily family(String name, List<Meter> meters) {
    Meter first = meters.get(0);
    MetricKind kind = kind(first);
    return new ExposedFamily(
        kind == MetricKind.COUNTER && !name.endsWith("_total") ? name + "_total" : name,
        kind,
        "",
        Objects.requireNonNullElse(first.getId().getDescription(), ""),
        meters.stream().map(MeterFamilies::labels).toList(),
        meters.stream().mapToInt(meter -> SeriesCount.of(meter, false)).max().orElse(1),
        meters.stream().mapToDouble(MeterFamilies::observed).sum());
  }

  private static MetricKind kind(Meter meter) {
    return switch (meter.getId().getType()) {
      case COUNTER -> MetricKind.COUNTER;
      case GAUGE -> MetricKind.GAUGE;
      case TIMER, LONG_TASK_TIMER, DISTRIBUTION_SUMMARY -> MetricKind.HISTOGRAM;
      case OTHER -> MetricKind.UNKNOWN;
    };
  }

  private static Map<String, String> labels(Meter meter) {
    Map<String, String> labels = new TreeMap<>();
    meter.getId().getConventionTags(NAMES).forEach(tag -> labels.put(tag.getKey(), tag.getValue()));
    return labels;
  }

  private static double observed(Meter meter) {
    double observed = 0;
    if (kind(meter) == MetricKind.HISTOGRAM) {
      for (var measurement : meter.measure()) {
        if (measurement.getStatistic() == Statistic.COUNT) {
          observed += measurement.getValue();
        }
      }
    }
    return observed;
  }
}
