package dev.nines.metrics.watch;

import dev.nines.time.TimeSource;
import java.time.Duration;

/**
 * Turns counts of hits and misses that only rise into the share of hits, over the last minute rather than since the
 * start, which after a day no longer moves. Thread-safe.
 */
final class HitRatio {

  private static final long WINDOW = Duration.ofMinutes(1).toNanos();

  private final TimeSource time;
  private long begun;
  private double hits;
  private double misses;
  private double last = Double.NaN;

  HitRatio(TimeSource time) {
    this.time = time;
    this.begun = time.nanos();
  }

  /** Returns the share of hits in the minute that began last; before it is over, in the one before; NaN without look-ups. */
  synchronized double of(double allHits, double allMisses) {
    long now = time.nanos();
    double share = share(allHits, allMisses);
    if (now - begun >= WINDOW) {
      begun = now;
      hits = allHits;
      misses = allMisses;
      last = share;
    }
    return Double.isNaN(last) ? share : last;
  }

  /** Counters that fell belong to a server that started anew. */
  private double share(double allHits, double allMisses) {
    boolean anew = allHits < hits || allMisses < misses;
    double newHits = anew ? allHits : allHits - hits;
    double newMisses = anew ? allMisses : allMisses - misses;
    return newHits / (newHits + newMisses);
  }
}
