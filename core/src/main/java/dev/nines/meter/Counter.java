package dev.nines.meter;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens. Only rises, until the process restarts.
 *
 * <p>Thread-safe, exact for whole numbers up to 2^53, as any scraper is; recording takes no lock and allocates nothing.
 */
public final class Counter {

  /** What is larger loses nothing as a floating-point number, and could overflow a whole one. */
  private static final long LARGE = 1L << 32;

  private final LongAdder whole = new LongAdder();
  private final DoubleAdder fractions = new DoubleAdder();
  private final LongAdder dropped;

  Counter(LongAdder dropped) {
    this.dropped = dropped;
  }

  public void increment() {
    whole.increment();
  }

  /** Adds a whole amount; a negative one is left out and counted as dropped. */
  public void add(long amount) {
    if (amount >= 0 && amount < LARGE) {
      whole.add(amount);
    } else if (amount >= LARGE) {
      fractions.add(amount);
    } else {
      dropped.increment();
    }
  }

  /** Adds an amount; one that is negative, infinite or no number is left out and counted as dropped. */
  public void add(double amount) {
    if (amount >= 0 && amount < Double.POSITIVE_INFINITY) {
      fractions.add(amount);
    } else {
      dropped.increment();
    }
  }

  /** Returns the count so far. */
  public double value() {
    return whole.sum() + fractions.sum();
  }
}
