package dev.nines.dependency;

import java.util.Arrays;

/**
 * The bad calls of one kind, failed or slow, in one-second buckets. Guarded by the lock of the {@link CallHistory} that
 * owns it.
 */
final class BadCalls {

  private static final long NONE = Long.MIN_VALUE;

  private final long[] before;
  private final long[] firstAt;
  private long total;

  BadCalls(int seconds) {
    before = new long[seconds];
    firstAt = new long[seconds];
    Arrays.fill(firstAt, NONE);
  }

  /** Begins a second. */
  void begin(int slot) {
    before[slot] = total;
    firstAt[slot] = NONE;
  }

  /** Counts a bad call that ended at {@code nanos}, since the origin of the history. */
  void add(int slot, long nanos) {
    total++;
    if (firstAt[slot] == NONE) {
      firstAt[slot] = nanos;
    }
  }

  /** Returns how many there were from the beginning of that second on. */
  int since(int slot) {
    return (int) Math.min(Integer.MAX_VALUE, total - before[slot]);
  }

  /** Returns whether one was in that second, at {@code nanos} or before. */
  boolean anyUntil(int slot, long nanos) {
    return firstAt[slot] != NONE && firstAt[slot] <= nanos;
  }
}
