package dev.nines.health.checks;

import dev.nines.targets.Durations;
import java.time.Duration;

/** What the factories require of their arguments; each message reads {@code name: value (expected: range)}. */
final class Require {

  private Require() {}

  static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          name + ": " + Durations.format(value) + " (expected: more than 0s)");
    }
    return value;
  }

  static int between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
    return value;
  }
}
