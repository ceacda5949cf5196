package dev.nines.dependency;

import dev.nines.derive.RetryRules;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps repetitions below their share of first attempts, in each window of whole seconds.
 *
 * <p>Nothing is saved up: a bucket that fills in quiet hours would let an outage begin with a burst of repetitions.
 * resilience4j's retry knows no such budget, and keeps its count for each call alone.
 *
 * <p>Counts only rise, and a window is a subtraction; a first attempt costs one striped increment. Thread-safe.
 */
final class RetryBudget {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final double share;
  private final int slots;
  private final long origin;
  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder calls = new LongAdder();
  private final long[] callsBefore;
  private final long[] retriesBefore;
  private long retries;
  private volatile long second;

  RetryBudget(RetryRules rules, long now) {
    this.share = rules.extraLoad().doubleValue();
    this.slots = (int) Math.max(1, rules.window().toSeconds());
    this.origin = now;
    this.callsBefore = new long[slots];
    this.retriesBefore = new long[slots];
  }

  /** Counts the first attempt of a call. */
  void called(long now) {
    if ((now - origin) / SECOND > second) {
      turnTo(now);
    }
    calls.increment();
  }

  /** Returns whether a repetition has room now. */
  boolean left(long now) {
    return room(now, false);
  }

  /** Takes the room for a repetition; false if there is none. */
  boolean take(long now) {
    return room(now, true);
  }

  private boolean room(long now, boolean taking) {
    lock.lock();
    try {
      turnTo(now);
      int oldest = slot(Math.max(0, second - slots + 1));
      boolean room =
          retries - retriesBefore[oldest] + 1 <= share * (calls.sum() - callsBefore[oldest]);
      retries += room && taking ? 1 : 0;
      return room;
    } finally {
      lock.unlock();
    }
  }

  private void turnTo(long now) {
    lock.lock();
    try {
      long target = (now - origin) / SECOND;
      long counted = calls.sum();
      for (long s = Math.max(second + 1, target - slots + 1); s <= target; s++) {
        callsBefore[slot(s)] = counted;
        retriesBefore[slot(s)] = retries;
      }
      second = Math.max(second, target);
    } finally {
      lock.unlock();
    }
  }

  private int slot(long ofSecond) {
    return (int) (ofSecond % slots);
  }
}
