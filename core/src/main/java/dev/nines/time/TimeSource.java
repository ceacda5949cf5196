package dev.nines.time;

import java.time.Instant;

/**
 * A clock with two hands: a monotonic one for lengths of time, and the wall clock for dates.
 *
 * <p>Implementations are thread-safe and allocate nothing in {@link #nanos()}.
 */
public interface TimeSource {

  /** Returns nanoseconds since an arbitrary origin; never falls, and says nothing about dates. */
  long nanos();

  /** Returns the date and time; may jump when the machine's clock is set. */
  Instant now();

  /** Returns the machine's clock. */
  static TimeSource system() {
    return SystemTimeSource.INSTANCE;
  }
}
