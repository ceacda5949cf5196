package dev.nines.health;

import java.time.Duration;

/** Lengths of time as events tell them. */
final class Seconds {

  private Seconds() {}

  /** To the millisecond: more digits say nothing of checks that run once a second. */
  static double of(Duration length) {
    return length.toMillis() / (double) Duration.ofSeconds(1).toMillis();
  }
}
