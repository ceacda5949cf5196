package dev.nines.derive;

import dev.nines.targets.Durations;
import dev.nines.targets.Ratios;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects the rows of an explanation. Not thread-safe. */
final class Rows {

  private final List<Derived> rows = new ArrayList<>();

  /**
   * Adds a row.
   *
   * @param value a {@link Duration} is written as people say it, a {@link BigDecimal} as a percentage
   * @param inputs names and values in turn
   */
  void add(String name, Object value, String formula, String source, Object... inputs) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.length; i += 2) {
      named.put(inputs[i].toString(), text(inputs[i + 1]));
    }
    rows.add(new Derived(name, text(value), formula, named, source));
  }

  Explanation explanation() {
    return new Explanation(rows);
  }

  static String text(Object value) {
    if (value instanceof Duration duration) {
      return Durations.format(duration);
    }
    return value instanceof BigDecimal fraction ? Ratios.format(fraction) : value.toString();
  }

  static String text(List<Duration> durations) {
    return durations.stream().map(Durations::format).collect(Collectors.joining(" "));
  }
}
