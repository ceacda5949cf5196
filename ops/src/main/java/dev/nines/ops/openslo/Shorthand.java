package dev.nines.ops.openslo;

import java.time.Duration;

/** Durations of OpenSLO: whole numbers of minutes, hours or days. */
final class Shorthand {

  private Shorthand() {}

  /** Returns the duration in its largest unit without loss; what is less than a minute is rounded up to one. */
  static String of(Duration duration) {
    long minutes = Math.max(1, duration.plusSeconds(59).toMinutes());
    if (minutes % Duration.ofDays(1).toMinutes() == 0) {
      return minutes / Duration.ofDays(1).toMinutes() + "d";
    }
    return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
  }
}
