package dev.nines.telemetry;

/** What kind of family a scraper sees; wider than {@link Metric.Type}, for others publish more than we do. */
public enum MetricKind {
  COUNTER,
  GAUGE,
  HISTOGRAM,
  SUMMARY,
  INFO,
  STATE_SET,
  UNKNOWN;

  /** Returns the kind of a metric of the catalogue. */
  public static MetricKind of(Metric.Type type) {
    return switch (type) {
      case COUNTER -> COUNTER;
      case GAUGE -> GAUGE;
      case HISTOGRAM -> HISTOGRAM;
    };
  }

  boolean hasBuckets() {
    return this == HISTOGRAM || this == UNKNOWN;
  }

  boolean hasSum() {
    return this == SUMMARY || hasBuckets();
  }
}
