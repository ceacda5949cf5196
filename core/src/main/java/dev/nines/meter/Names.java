package dev.nines.meter;

import dev.nines.telemetry.Metric;
import dev.nines.telemetry.MetricKind;
import dev.nines.telemetry.NamingRules;
import dev.nines.telemetry.Violation;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the full name of a metric of the service's own, and refuses what Prometheus, or we, need for ourselves. */
final class Names {

  private static final int LONGEST = 100;
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** Suffixes that we append, or that a scraper gives a meaning of its own. */
  private static final List<String> SUFFIXES =
      List.of("_total", "_count", "_sum", "_bucket", "_created", "_info", "_max");

  /** What Nines, the JVM's and the process' metrics, and Prometheus itself publish. */
  private static final List<String> PREFIXES =
      List.of("nines_", "jvm_", "process_", "system_", "http_server_", "http_client_", "scrape_");

  private static final List<String> WORDS = List.of("up", "alerts");

  private Names() {}

  /** Returns the definition under its full name: the unit and {@code _total} are appended here. */
  static Metric metric(
      String name, Metric.Type type, Unit unit, String help, List<String> labelNames) {
    require("metric", name);
    refuse(name, SUFFIXES.stream().filter(name::endsWith).toList(), "it without its suffix ");
    refuse(name, PREFIXES.stream().filter(name::startsWith).toList(), "a prefix other than ");
    refuse(name, WORDS.stream().filter(name::equals).toList(), "a name other than ");
    if (!unit.name().isEmpty()) {
      refuse(
          name,
          List.of("_" + unit.name()).stream().filter(name::endsWith).toList(),
          "it without its unit, which is appended: ");
    }
    String full = name
        + (unit.name().isEmpty() ? "" : "_" + unit.name())
        + (type == Metric.Type.COUNTER ? "_total" : "");
    for (Violation violation :
        NamingRules.check(full, MetricKind.of(type), unit.name(), help, labelNames)) {
      throw new IllegalArgumentException(full + ": " + violation.message() + " " + violation.fix());
    }
    return new Metric(full, type, unit.name(), help, labelNames);
  }

  static void require(String what, String name) {
    if (name.length() > LONGEST || !SNAKE_CASE.matcher(name).matches()) {
      throw new IllegalArgumentException(what + ": " + Shown.of(name)
          + " (expected: 1 to " + LONGEST
          + " lower-case letters and digits, words parted by single underscores)");
    }
  }

  private static void refuse(String name, List<String> found, String expected) {
    if (!found.isEmpty()) {
      throw new IllegalArgumentException(
          "metric: " + name + " (expected: " + expected + found.get(0) + ")");
    }
  }
}
