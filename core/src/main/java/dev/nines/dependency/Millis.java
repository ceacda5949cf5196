package dev.nines.dependency;

import dev.nines.targets.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Durations for people, who don't read nanoseconds. */
final class Millis {

  private Millis() {}

  static String format(Duration duration) {
    return Durations.format(duration.truncatedTo(ChronoUnit.MILLIS));
  }
}
