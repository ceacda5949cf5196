package dev.nines.telemetry;

import java.util.List;

/**
 * A metric's definition: one entry of the catalogue, and of {@code docs/metrics.md}.
 *
 * @param name full name in Prometheus spelling, unit and {@code _total} included
 * @param type how its values behave
 * @param unit base unit such as {@code seconds}, {@code bytes}, {@code ratio}; empty for counts and states
 * @param help what it means, in one sentence
 * @param labels names of its labels, in order
 * @param series how many series one instance has at most, in words, such as {@code dependencies × 7 outcomes}; 1 without
 *     labels. A histogram counts as one series here, whatever its buckets
 * @param query the PromQL to begin with; it returns data wherever the metric does, so it compares nothing
 */
public record Metric(
    String name,
    Type type,
    String unit,
    String help,
    List<String> labels,
    String series,
    String query) {

  /** How the values of a metric behave. */
  public enum Type {
    /** Only rises, until the process restarts. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Counts observations in buckets. */
    HISTOGRAM
  }

  public Metric {
    labels = List.copyOf(labels);
  }

  /** A metric of the service's own, whose declaration bounds its series. */
  public Metric(String name, Type type, String unit, String help, List<String> labels) {
    this(name, type, unit, help, labels, labels.isEmpty() ? "1" : "as declared", name);
  }

  static Metric counter(String name, String help, String... labels) {
    return of(name, Type.COUNTER, "", help, labels);
  }

  static Metric gauge(String name, String unit, String help, String... labels) {
    return of(name, Type.GAUGE, unit, help, labels);
  }

  static Metric histogram(String name, String unit, String help, String... labels) {
    return of(name, Type.HISTOGRAM, unit, help, labels);
  }

  /** Returns the same with a unit; see {@link #unit()}. */
  Metric in(String baseUnit) {
    return new Metric(name, type, baseUnit, help, labels, series, query);
  }

  /** Returns the same with a bound on its series; see {@link #series()}. */
  Metric atMost(String bound) {
    return new Metric(name, type, unit, help, labels, bound, query);
  }

  /** Returns the same with the query to begin with; see {@link #query()}. */
  Metric ask(String promQl) {
    return new Metric(name, type, unit, help, labels, series, promQl);
  }

  private static Metric of(String name, Type type, String unit, String help, String... labels) {
    return new Metric(name, type, unit, help, List.of(labels), labels.length == 0 ? "1" : "", name);
  }
}
