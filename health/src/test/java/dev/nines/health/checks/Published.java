package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Instruments;
import java.util.Map;
import java.util.TreeMap;

/** What a check publishes under the name {@code watched}, to be read as a scraper would. */
final class Published {

  private final Map<String, Instrument> series = new TreeMap<>();

  static Published by(Check check) {
    Published published = new Published();
    Instruments instruments = new Instruments();
    instruments.renderTo(i -> published.series.put(i.metric().name() + i.labelValues(), i));
    MeasuredCheck.publishIfMeasured("watched", check, instruments);
    return published;
  }

  Iterable<String> names() {
    return series.keySet();
  }

  /** Reads the one series that there is. */
  double value() {
    if (series.size() != 1) {
      throw new AssertionError("published: " + series.keySet() + " (expected: one series)");
    }
    return series.values().iterator().next().value().getAsDouble();
  }
}
