package dev.nines.lifecycle;

import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits by the instance's clock. An interrupt ends all waiting for others, and is handed on in the end. One thread. */
final class Patience {

  /** Short beside any request, long beside a look at a counter. */
  private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();

  private final TimeSource time;
  private boolean interrupted;

  Patience(TimeSource time) {
    this.time = time;
  }

  /** Waits until {@code done}, the deadline or an interrupt; returns whether it is done. */
  boolean await(BooleanSupplier done, long deadline) {
    while (!done.getAsBoolean()) {
      noteInterrupt();
      if (interrupted || time.nanos() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /** Waits until {@code done} or the deadline, come what may; returns whether it is done. */
  boolean awaitStubbornly(BooleanSupplier done, long deadline) {
    while (!done.getAsBoolean()) {
      noteInterrupt();
      if (time.nanos() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  void passInterruptOn() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void noteInterrupt() {
    interrupted |= Thread.interrupted();
  }
}
