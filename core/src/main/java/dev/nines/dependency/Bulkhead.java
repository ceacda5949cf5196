package dev.nines.dependency;

import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the calls to one dependency that are under way. Nobody waits at its door: what does not fit is refused at once, for
 * a queue in front of something slow only makes everybody slow.
 *
 * <p>Thread-safe; entering and leaving allocate nothing.
 */
final class Bulkhead {

  private final int most;
  private final @Nullable Semaphore permits;

  /**
   * @param calls at a time; empty for any number
   */
  Bulkhead(OptionalInt calls) {
    this.most = calls.orElse(Integer.MAX_VALUE);
    this.permits = calls.isPresent() ? new Semaphore(most) : null;
  }

  /** Lets a call in, which must {@link #leave} then; false if there is no room. */
  boolean enter() {
    return permits == null || permits.tryAcquire();
  }

  void leave() {
    if (permits != null) {
      permits.release();
    }
  }

  boolean bounded() {
    return permits != null;
  }

  /** Returns how many calls may be under way. */
  int most() {
    return most;
  }

  /** Returns the share of them that are; 0 without a bound. */
  double usedRatio() {
    return permits == null ? 0 : 1 - (double) permits.availablePermits() / most;
  }
}
