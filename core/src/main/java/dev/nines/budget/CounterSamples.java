package dev.nines.budget;

import java.util.concurrent.atomic.LongAdder;

/**
 * How counters stood at each whole step since the start, as far back as one span. A ring of fixed size: 8 bytes ×
 * counters × (span ÷ step + 3), for a span need not be whole steps, and a reader may have looked at the clock just before
 * another advanced. Not thread-safe.
 */
final class CounterSamples {

  private final LongAdder[] counters;
  private final long stepNanos;
  private final int rows;
  private final long[] values;
  private long latest;

  CounterSamples(LongAdder[] counters, long stepNanos, long spanNanos) {
    this.counters = counters;
    this.stepNanos = stepNanos;
    this.rows = Math.toIntExact(spanNanos / stepNanos + 3);
    this.values = new long[rows * counters.length];
  }

  /** Writes down the counters for each step that has passed; exact while nothing was counted since the step. */
  void advance(long elapsedNanos) {
    long now = elapsedNanos / stepNanos;
    long first = Math.max(latest + 1, now - rows + 1);
    for (int i = 0; i < counters.length && first <= now; i++) {
      long sum = counters[i].sum();
      for (long step = first; step <= now; step++) {
        values[place(step, i)] = sum;
      }
    }
    latest = Math.max(latest, now);
  }

  /** Returns a counter as it stood at the last step at or before a moment; 0 before the start. */
  long at(long elapsedNanos, int counter) {
    return elapsedNanos <= 0 ? 0 : values[place(elapsedNanos / stepNanos, counter)];
  }

  private int place(long step, int counter) {
    return (int) (step % rows) * counters.length + counter;
  }
}
