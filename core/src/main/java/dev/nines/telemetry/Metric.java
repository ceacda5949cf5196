package dev.nines.telemetry;

import java.util.List;

/**
 * A metric's definition: one line of the catalogue.
 *
 * @param name full name in Prometheus spelling, unit and {@code _total} included
 * @param type how its values behave
 * @param unit base unit such as {@code seconds}, {@code bytes}, {@code ratio}; empty for counts and states
 * @param help what it means, in one sentence
 * @param labels names of its labels, in order
 */
public record Metric(String name, Type type, String unit, String help, List<String> labels) {

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

  static Metric counter(String name, String help, String... labels) {
    return new Metric(name, Type.COUNTER, "", help, List.of(labels));
  }

  static Metric gauge(String name, String unit, String help, String... labels) {
    return new Metric(name, Type.GAUGE, unit, help, List.of(labels));
  }

  static Metric histogram(String name, String unit, String help, String... labels) {
    return new Metric(name, Type.HISTOGRAM, unit, help, List.of(labels));
  }
}
