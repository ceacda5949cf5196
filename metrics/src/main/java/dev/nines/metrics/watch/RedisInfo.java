package dev.nines.metrics.watch;

import java.util.HashMap;
import java.util.Map;

/**
 * What a Redis server says of itself in {@code INFO}. What it does not say is NaN.
 *
 * @param values the numbers, by their names
 * @param keys how many keys its databases hold
 */
record RedisInfo(Map<String, Double> values, double keys) {

  private static final String KEYS = "keys=";

  static RedisInfo parse(String text) {
    Map<String, Double> values = new HashMap<>();
    double keys = 0;
    for (String line : text.split("\r?\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String value = line.substring(colon + 1);
        if (value.startsWith(KEYS)) {
          keys += number(value.substring(KEYS.length()).split(",", 2)[0]);
        } else {
          values.put(line.substring(0, colon), number(value));
        }
      }
    }
    return new RedisInfo(values, keys);
  }

  double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  /** Returns one value against another; NaN where the other sets no limit. */
  double share(String used, String limit) {
    double most = value(limit);
    return most > 0 ? value(used) / most : Double.NaN;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN; // a version or a name, of which nobody asks
    }
  }
}
