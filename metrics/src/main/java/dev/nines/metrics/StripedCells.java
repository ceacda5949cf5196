package dev.nines.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Values that many threads count at a time, each in a cell, and their sum. There is one row of it all until threads meet in it
 * often. Then further rows take its place, as many as keep them apart, up to four for each processor and {@value #MOST_ROWS}: with
 * no more than processors, two threads that share one would stay in it. So a series that is not fought for, as most are, costs
 * one row, however long it lives.
 *
 * <p>Thread-safe. A sum misses nothing that was there before it was asked for, and never falls.
 */
final class StripedCells {

  /** Beyond that, memory grows faster than what is won. */
  static final int MOST_ROWS = 16;

  private static final int ROWS_PER_PROCESSOR = 4;
  private static final AtomicLongArray[] NONE = {};

  /** Before the cells, so that it shares a line of the processor's cache with those of quick requests, which most are. */
  private static final int SUM = 0;

  private static final int FIRST = 1;

  /**
   * Numbers before and behind a row that only one thread writes: what lies beside it in memory, others read. As far as
   * processors fetch at a time, two lines of 64 bytes.
   */
  private static final int APART = 2 * 64 / Long.BYTES;

  /** Fewer meetings may be chance. */
  private static final int MEETINGS = 16;

  /** What costs less than this share of all recordings needs no room. */
  private static final int RARELY = 1000;

  private final int cells;
  private final int mostRows;

  /** Where everybody counts until two have met, and nobody afterwards. */
  private final AtomicLongArray first;

  /** A power of two of them, or none. */
  private volatile AtomicLongArray[] rows = NONE;

  /** How often threads met since there are these rows, about: what is lost in a race is not missed. */
  private int meetings;

  StripedCells(int cells) {
    this(cells, Runtime.getRuntime().availableProcessors());
  }

  StripedCells(int cells, int processors) {
    this.cells = cells;
    this.mostRows = processors == 1
        ? 0
        : Math.min(MOST_ROWS, Integer.highestOneBit(ROWS_PER_PROCESSOR * processors));
    this.first = new AtomicLongArray(FIRST + cells);
  }

  void record(int cell, double value) {
    AtomicLongArray[] present = rows;
    AtomicLongArray row = first;
    int from = 0;
    if (present.length > 0) {
      // Threads of a pool have neighbouring ids, so their rows differ.
      row = present[(int) Thread.currentThread().getId() & present.length - 1];
      from = APART;
    }
    int place = from + FIRST + cell;
    long count = row.get(place);
    boolean alone = row.compareAndSet(place, count, count + 1);
    if (!alone) {
      row.incrementAndGet(place);
    }
    if (!(alone & added(row, from + SUM, value))) {
      met(present, count);
    }
  }

  /** Returns whether nobody else was there at the same time. */
  private static boolean added(AtomicLongArray row, int place, double value) {
    boolean alone = true;
    long sum = row.get(place);
    while (!row.compareAndSet(
        place, sum, Double.doubleToRawLongBits(Double.longBitsToDouble(sum) + value))) {
      alone = false;
      sum = row.get(place);
    }
    return alone;
  }

  private void met(AtomicLongArray[] seen, long count) {
    int times = ++meetings;
    if (times >= MEETINGS && count < (long) times * RARELY && seen.length < mostRows) {
      spread(seen);
    }
  }

  private synchronized void spread(AtomicLongArray[] seen) {
    if (rows == seen) {
      AtomicLongArray[] more = Arrays.copyOf(seen, Math.max(2, 2 * seen.length));
      for (int row = seen.length; row < more.length; row++) {
        more[row] = new AtomicLongArray(APART + FIRST + cells + APART);
      }
      meetings = 0;
      rows = more;
    }
  }

  /** Returns how many values were counted in a cell. */
  long count(int cell) {
    long count = first.get(FIRST + cell);
    for (AtomicLongArray row : rows) {
      count += row.get(APART + FIRST + cell);
    }
    return count;
  }

  long[] counts() {
    long[] counts = new long[cells];
    Arrays.setAll(counts, this::count);
    return counts;
  }

  /** Returns the sum of all values. */
  double sum() {
    double sum = Double.longBitsToDouble(first.get(SUM));
    for (AtomicLongArray row : rows) {
      sum += Double.longBitsToDouble(row.get(APART + SUM));
    }
    return sum;
  }

  /** Returns how many took the place of the first. */
  int rows() {
    return rows.length;
  }
}
