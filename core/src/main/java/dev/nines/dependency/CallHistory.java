package dev.nines.dependency;

import dev.nines.derive.DependencySettings;
import dev.nines.derive.Evidence;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a closed breaker over its two windows, and whether they are a reason to open it.
 *
 * <p>A window covers at least its length: its seconds, and the present one as far as it has come. Otherwise the seven
 * failures that convince at an error rate of 5 % would not fit into 30 s at one call each 5 s.
 *
 * <p>Counts only rise; each second's beginning keeps what they were, and a window is a subtraction. So a good call costs one
 * striped increment and no lock, however many threads call; bad calls, and the first call of each second, take the lock.
 * Memory is fixed by the evidence window: 40 bytes per second of it.
 *
 * <p>Thread-safe. A call that races with the turn of a second may count in either.
 */
final class CallHistory {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Bad calls closer together than this are one blip, also when a second turns between them. */
  private static final long BLIP = SECOND;

  private final DependencySettings settings;
  private final int window;
  private final int evidenceWindow;
  private final int slots;
  private final long origin;

  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder calls = new LongAdder();
  private final long[] callsBefore;
  private final BadCalls failed;
  private final BadCalls slow;
  private volatile long second;

  CallHistory(DependencySettings settings, long now) {
    this.settings = settings;
    this.window = seconds(settings.window());
    this.evidenceWindow = Math.max(window, seconds(settings.evidenceWindow()));
    this.origin = now;
    this.slots = evidenceWindow + 1;
    this.callsBefore = new long[slots];
    this.failed = new BadCalls(slots);
    this.slow = new BadCalls(slots);
  }

  /** Counts a call that neither failed nor was slow. */
  void good(long now) {
    turnTo(now);
    calls.increment();
  }

  /** Counts a call that failed, or was slow, or both; returns the reason to open, if there is one now. */
  @Nullable
  Reason bad(long now, boolean hasFailed, boolean wasSlow) {
    turnTo(now);
    calls.increment();
    lock.lock();
    try {
      long nanos = now - origin;
      int slot = slot(second);
      if (hasFailed) {
        failed.add(slot, nanos);
      }
      if (wasSlow) {
        slow.add(slot, nanos);
      }
      return reason(nanos);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Reason reason(long nanos) {
    Reason inWindow = reason(window, nanos);
    return inWindow != null ? inWindow : reason(evidenceWindow, nanos);
  }

  private @Nullable Reason reason(int length, long nanos) {
    Reason failures = reason("failures", failed, settings.failureEvidence(), length, nanos);
    return failures != null
        ? failures
        : reason("slow_calls", slow, settings.slowEvidence(), length, nanos);
  }

  private @Nullable Reason reason(
      String cause, BadCalls calledBad, Evidence evidence, int length, long nanos) {
    long from = Math.max(0, second - length);
    int bad = calledBad.since(slot(from));
    int all = (int) Math.min(Integer.MAX_VALUE, calls.sum() - callsBefore[slot(from)]);
    return evidence.convincing(bad, Math.max(bad, all)) && outlastsBlip(calledBad, from, nanos)
        ? new Reason(cause, bad, Math.max(bad, all), length)
        : null;
  }

  private boolean outlastsBlip(BadCalls bad, long from, long nanos) {
    for (long s = from; s <= second; s++) {
      if (bad.anyUntil(slot(s), nanos - BLIP)) {
        return true;
      }
    }
    return false;
  }

  /** Begins the seconds until now that have not begun; a clock behind another thread's counts in the newest second. */
  private void turnTo(long now) {
    if ((now - origin) / SECOND > second) {
      lock.lock();
      try {
        long target = (now - origin) / SECOND;
        long counted = calls.sum();
        for (long s = Math.max(second + 1, target - evidenceWindow); s <= target; s++) {
          int slot = slot(s);
          callsBefore[slot] = counted;
          failed.begin(slot);
          slow.begin(slot);
        }
        second = Math.max(second, target);
      } finally {
        lock.unlock();
      }
    }
  }

  private int slot(long ofSecond) {
    return (int) (ofSecond % slots);
  }

  /** Whole seconds, rounded up, so that a window is never shorter than derived by a second or more. */
  private static int seconds(Duration length) {
    return (int) Math.max(1, length.plusNanos(SECOND - 1).toSeconds());
  }

  /**
   * Why a breaker opens.
   *
   * @param cause {@code failures} or {@code slow_calls}
   * @param bad how many calls were bad
   * @param calls among how many
   * @param windowSeconds within how many seconds
   */
  record Reason(String cause, int bad, int calls, int windowSeconds) {}
}
