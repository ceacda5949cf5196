package dev.nines.health;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * How soon the failures of one check were found: from the begin of the last run that did not fail, since when it may have
 * been broken, to the change of its condition. So each is an upper bound. Thread-safe; one writer at a time.
 */
final class Detections {

  private final Duration target;
  private final Longest times = new Longest();
  private final LongAdder kept = new LongAdder();
  private final LongAdder late = new LongAdder();

  Detections(Duration target) {
    this.target = target;
  }

  void add(Duration took) {
    times.add(took);
    (isLate(took) ? late : kept).increment();
  }

  boolean isLate(Duration took) {
    return took.compareTo(target) > 0;
  }

  Duration target() {
    return target;
  }

  Longest times() {
    return times;
  }

  /** Returns how many failures were found within the target. */
  long kept() {
    return kept.sum();
  }

  /** Returns how many were found after it. */
  long late() {
    return late.sum();
  }
}
