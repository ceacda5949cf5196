package dev.nines.metrics.lint;

import dev.nines.telemetry.MetricKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A metric as a scraper sees it.
 *
 * @param name for counters with {@code _total}, for histograms and summaries without the suffixes of their parts
 * @param unit as declared, empty if none was
 * @param points its label sets, each as name to value
 * @param seriesEach series of each label set: more than one for histograms and summaries
 * @param observed how many observations a histogram or summary counts, over all series; else 0
 */
public record ExposedFamily(
    String name,
    MetricKind kind,
    String unit,
    String help,
    List<Map<String, String>> points,
    int seriesEach,
    double observed) {

  int series() {
    return points.size() * seriesEach;
  }

  /** Returns the values of each label, the empty ones apart, which a scraper takes for absent. */
  Map<String, Set<String>> values() {
    Map<String, Set<String>> values = new TreeMap<>();
    for (Map<String, String> point : points) {
      point.forEach((label, value) -> {
        Set<String> known = values.computeIfAbsent(label, l -> new TreeSet<>());
        if (!value.isEmpty()) {
          known.add(value);
        }
      });
    }
    return values;
  }

  /** Returns every name that its samples have, and its own. */
  List<String> names() {
    return switch (kind) {
      case COUNTER -> List.of(name, withoutTotal(), withoutTotal() + "_created");
      case HISTOGRAM -> List.of(name, name + "_bucket", name + "_count", name + "_sum");
      case SUMMARY -> List.of(name, name + "_count", name + "_sum");
      case GAUGE, INFO, STATE_SET, UNKNOWN -> List.of(name);
    };
  }

  private String withoutTotal() {
    return name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
  }
}
