package dev.nines.meter;

import dev.nines.telemetry.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every name that a scraper sees, those of a metric's parts included: a counter {@code x_total} is the family {@code x} in
 * OpenMetrics, and a histogram {@code x} has {@code x_count}. Confined by its owner's lock.
 */
final class TakenNames {

  private final Map<String, String> owners = new HashMap<>();

  TakenNames(List<Metric> catalogue) {
    catalogue.forEach(this::take);
  }

  /**
   * Takes the metric's names.
   *
   * @throws IllegalArgumentException if one of them is taken
   */
  void take(Metric metric) {
    List<String> names = names(metric);
    for (String name : names) {
      String owner = owners.get(name);
      if (owner != null) {
        throw new IllegalArgumentException("metric: " + metric.name()
            + " (expected: a name of its own; " + owner
            + " has it, or a part of that is called so, or it was declared otherwise)");
      }
    }
    names.forEach(name -> owners.put(name, metric.name()));
  }

  private static List<String> names(Metric metric) {
    String name = metric.name();
    return switch (metric.type()) {
      case GAUGE -> List.of(name);
      case COUNTER -> {
        String family = name.substring(0, name.length() - "_total".length());
        yield List.of(name, family, family + "_created");
      }
      case HISTOGRAM ->
        List.of(name, name + "_bucket", name + "_count", name + "_sum", name + "_created");
    };
  }
}
