package dev.nines.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts that many threads raise at a time. There is one row of them until two threads meet at a cell; then the rows are
 * doubled, up to one for each processor and {@value #MOST_ROWS}, and each thread has its own as far as they go. So a series
 * that is not fought for, as most are, costs one row.
 *
 * <p>Thread-safe. A sum misses no count that was there before it was asked for, and never falls.
 */
final class StripedCells {

  /** Beyond that, memory grows faster than what is won. */
  static final int MOST_ROWS = 8;

  private final int cells;
  private final int mostRows;
  private volatile AtomicLongArray[] rows;

  StripedCells(int cells) {
    this(cells, Math.min(MOST_ROWS, Runtime.getRuntime().availableProcessors()));
  }

  StripedCells(int cells, int threads) {
    this.cells = cells;
    this.mostRows = Integer.highestOneBit(2 * Math.max(1, threads) - 1);
    this.rows = new AtomicLongArray[] {new AtomicLongArray(cells)};
  }

  void increment(int cell) {
    AtomicLongArray[] present = rows;
    // Threads of a pool have neighbouring ids, so their rows differ.
    AtomicLongArray own = present[(int) Thread.currentThread().getId() & present.length - 1];
    long count = own.get(cell);
    if (!own.compareAndSet(cell, count, count + 1)) {
      own.incrementAndGet(cell);
      spread(present);
    }
  }

  private void spread(AtomicLongArray[] seen) {
    if (seen.length < mostRows) {
      synchronized (this) {
        if (rows == seen) {
          AtomicLongArray[] more = Arrays.copyOf(seen, 2 * seen.length);
          Arrays.setAll(more, i -> i < seen.length ? seen[i] : new AtomicLongArray(cells));
          rows = more;
        }
      }
    }
  }

  long sum(int cell) {
    long sum = 0;
    for (AtomicLongArray row : rows) {
      sum += row.get(cell);
    }
    return sum;
  }

  long[] sums() {
    long[] sums = new long[cells];
    Arrays.setAll(sums, this::sum);
    return sums;
  }

  int rows() {
    return rows.length;
  }
}
