package dev.nines.budget;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How counters stood at each whole step of the clock, as far back as one span. Counters begin at zero, so what is known
 * of the time before the start stands here as numbers below zero; without such history as zeros.
 *
 * <p>A ring of fixed size: 8 bytes × counters × (span ÷ step + 3), for a span need not be whole steps, and a reader may
 * have looked at the clock just before another advanced. Steps are counted from 1970, so that two instances in a row have
 * the same ones. Not thread-safe.
 */
final class CounterSamples {

  private final LongSupplier[] counters;
  private final long stepNanos;
  private final int rows;
  private final long[] values;
  private long latest;

  CounterSamples(LongSupplier[] counters, long stepNanos, long spanNanos, long startNanos) {
    this.counters = counters;
    this.stepNanos = stepNanos;
    this.rows = Math.toIntExact(spanNanos / stepNanos + 3);
    this.values = new long[rows * counters.length];
    this.latest = Math.floorDiv(startNanos, stepNanos);
  }

  /** Writes down the counters for each step that has passed; exact while nothing was counted since the step. */
  void advance(long nowNanos) {
    long now = Math.floorDiv(nowNanos, stepNanos);
    long first = Math.max(latest + 1, now - rows + 1);
    for (int i = 0; i < counters.length && first <= now; i++) {
      long sum = counters[i].getAsLong();
      for (long step = first; step <= now; step++) {
        values[place(step, i)] = sum;
      }
    }
    latest = Math.max(latest, now);
  }

  /** Returns a counter as it stood at the last step at or before a moment. */
  long at(long nanos, int counter) {
    return values[place(Math.floorDiv(nanos, stepNanos), counter)];
  }

  /** Tells how a counter stood at each step up to the latest, before anything was counted. */
  void restore(int counter, Past past) {
    for (int i = 0; i < rows; i++) {
      long step = latest - i;
      values[place(step, counter)] = -past.since(step * stepNanos, counter);
    }
  }

  /** Returns the moments of all samples, the latest first. */
  long[] moments() {
    long[] moments = new long[rows];
    Arrays.setAll(moments, i -> (latest - i) * stepNanos);
    return moments;
  }

  private int place(long step, int counter) {
    return Math.floorMod(step, rows) * counters.length + counter;
  }
}
