package dev.nines.metrics;

import dev.nines.telemetry.Metric;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue's names as Micrometer spells them, so that its convention for Prometheus gives the catalogue's back: dots
 * for underscores, and no unit and no {@code _total}, which the convention appends.
 */
final class MeterName {

  private static final String TOTAL = "_total";

  private MeterName() {}

  static String of(Metric metric) {
    String name = metric.name();
    if (metric.type() == Metric.Type.COUNTER) {
      name = without(name, TOTAL);
    }
    if (!metric.unit().isEmpty()) {
      name = without(name, "_" + metric.unit());
    }
    return name.replace('_', '.');
  }

  static List<Tag> tags(Metric metric, List<String> values) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      tags.add(Tag.of(metric.labels().get(i), values.get(i)));
    }
    return tags;
  }

  private static String without(String name, String suffix) {
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }
}
