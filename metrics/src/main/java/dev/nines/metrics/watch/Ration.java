package dev.nines.metrics.watch;

import dev.nines.time.TimeSource;
import java.time.Duration;

/** Lets so many through in each period and counts the rest. Thread-safe. */
final class Ration {

  private final int most;
  private final long period;
  private final TimeSource time;
  private long begun;
  private int taken;
  private long refused;

  Ration(int most, Duration period, TimeSource time) {
    this.most = most;
    this.period = period.toNanos();
    this.time = time;
    this.begun = time.nanos();
  }

  /** Returns how many were refused since the last that was let through; -1 refuses this one too. */
  synchronized long take() {
    long now = time.nanos();
    if (now - begun >= period) {
      begun = now;
      taken = 0;
    }
    if (taken == most) {
      refused++;
      return -1;
    }
    taken++;
    long before = refused;
    refused = 0;
    return before;
  }
}
