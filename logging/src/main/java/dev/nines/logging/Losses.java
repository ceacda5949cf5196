package dev.nines.logging;

import java.util.concurrent.atomic.LongAdder;

/** Counts lines that were not written, those of WARN and above apart. Thread-safe. */
final class Losses {

  private final LogbackSetup setup;
  private final LongAdder all = new LongAdder();
  private final LongAdder urgent = new LongAdder();

  Losses(LogbackSetup setup) {
    this.setup = setup;
  }

  void lost(boolean isUrgent) {
    setup.dropped();
    all.increment();
    if (isUrgent) {
      urgent.increment();
    }
  }

  long all() {
    return all.sum();
  }

  long urgent() {
    return urgent.sum();
  }
}
