package dev.nines.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Prometheus' rules for names, units and help: all that {@code promtool check metrics} reports, and that a unit which is
 * declared stands in the name. The service's own metrics are checked against them when they are declared, all others by
 * {@code /metrics/lint}.
 *
 * @see <a href="https://prometheus.io/docs/practices/naming/">Prometheus: metric and label naming</a>
 * @see <a href="https://github.com/prometheus/client_golang/tree/main/prometheus/testutil/promlint">promlint</a>
 */
public final class NamingRules {

  private static final List<String> TYPES =
      List.of("counter", "gauge", "summary", "histogram", "gauge_histogram");
  private static final Set<String> ABBREVIATIONS =
      Set.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d");

  private NamingRules() {}

  /**
   * Returns what is wrong with a family, nothing if all is well.
   *
   * @param name as a scraper sees it: for counters with {@code _total}, for histograms without {@code _bucket}
   * @param unit as declared, empty if none was
   */
  public static List<Violation> check(
      String name, MetricKind kind, String unit, String help, List<String> labels) {
    List<Violation> found = new ArrayList<>();
    help(found, help);
    units(found, name, unit, kind);
    counters(found, name, kind);
    suffixes(found, name, kind);
    words(found, name);
    labels.forEach(label -> label(found, label, kind));
    return found;
  }

  private static void help(List<Violation> found, String help) {
    if (help.isBlank()) {
      found.add(new Violation(
          "help-missing",
          "It has no help text.",
          "Say in one sentence what it counts or measures."));
    }
  }

  private static void units(List<Violation> found, String name, String unit, MetricKind kind) {
    BaseUnits.ofName(name)
        .filter(word -> !word.word().equals(word.base()))
        .ifPresent(word -> found.add(new Violation(
            "base-unit",
            "It is measured in " + word.word() + ".",
            "Measure in the base unit, " + word.base() + ", and name it so.")));
    String stem = kind == MetricKind.COUNTER ? without(name, "_total") : name;
    if (!unit.isEmpty() && !stem.endsWith("_" + unit)) {
      found.add(new Violation(
          "unit-suffix",
          "Its unit is " + unit + ", which its name does not end with.",
          "End the name with _" + unit + (kind == MetricKind.COUNTER ? "_total." : ".")));
    }
  }

  private static void counters(List<Violation> found, String name, MetricKind kind) {
    boolean total = name.endsWith("_total");
    if (kind == MetricKind.COUNTER && !total) {
      found.add(new Violation(
          "counter-total", "It is a counter without _total.", "End the name with _total."));
    }
    if (kind != MetricKind.COUNTER && kind != MetricKind.UNKNOWN && total) {
      found.add(new Violation(
          "total-reserved",
          "It ends with _total and is no counter.",
          "Leave the suffix out, or make it a counter."));
    }
  }

  private static void suffixes(List<Violation> found, String name, MetricKind kind) {
    reserved(found, name, "_bucket", kind.hasBuckets());
    reserved(found, name, "_count", kind.hasSum());
    reserved(found, name, "_sum", kind.hasSum());
  }

  private static void reserved(
      List<Violation> found, String name, String suffix, boolean entitled) {
    if (!entitled && name.endsWith(suffix)) {
      found.add(new Violation(
          "reserved-suffix",
          "It ends with " + suffix + ", which belongs to the parts of histograms and summaries.",
          "Find a name without " + suffix + "."));
    }
  }

  private static void words(List<Violation> found, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    TYPES.stream()
        .filter(type -> lower.contains("_" + type + "_") || lower.endsWith("_" + type))
        .findFirst()
        .ifPresent(type -> found.add(new Violation(
            "type-in-name",
            "Its name says that it is a " + type + ".",
            "Leave the type out of the name; the TYPE line says it.")));
    if (name.indexOf(':') >= 0) {
      found.add(new Violation(
          "reserved-colon",
          "Its name contains a colon, which belongs to recording rules.",
          "Use underscores."));
    }
    if (isCamelCase(name)) {
      found.add(new Violation(
          "snake-case", "Its name is written in camel case.", "Write it in snake case."));
    }
    String[] parts = lower.split("_", -1);
    for (int i = 1; i < parts.length; i++) {
      if (ABBREVIATIONS.contains(parts[i])) {
        found.add(new Violation(
            "unit-abbreviated",
            "Its name abbreviates a unit: " + parts[i] + ".",
            "Write the base unit out, such as seconds or bytes."));
        return;
      }
    }
  }

  private static void label(List<Violation> found, String label, MetricKind kind) {
    if (isCamelCase(label)) {
      found.add(new Violation(
          "snake-case",
          "Its label " + label + " is written in camel case.",
          "Write it in snake case."));
    }
    boolean le = label.equals("le") && !kind.hasBuckets();
    boolean quantile =
        label.equals("quantile") && kind != MetricKind.SUMMARY && kind != MetricKind.UNKNOWN;
    if (le || quantile) {
      found.add(new Violation(
          "reserved-label",
          "Its label " + label + " belongs to histograms and summaries.",
          "Name the label otherwise."));
    }
  }

  private static boolean isCamelCase(String text) {
    for (int i = 1; i < text.length(); i++) {
      char before = text.charAt(i - 1);
      char here = text.charAt(i);
      if (before >= 'a' && before <= 'z' && here >= 'A' && here <= 'Z') {
        return true;
      }
    }
    return false;
  }

  private static String without(String name, String suffix) {
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }
}
