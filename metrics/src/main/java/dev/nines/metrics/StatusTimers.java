package dev.nines.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The timers of one route and method, or of one dependency and method: one for each status, and on errors for each type.
 * They are few, so that a walk over an array finds one sooner than a hash would; reading neither locks nor allocates.
 * Thread-safe.
 */
final class StatusTimers {

  /** Makes the timer of a status and a bounded error type. */
  interface Source {
    Timer timer(String status, String errorType);
  }

  private record Entry(String status, String errorType, Timer timer) {

    /** Labels are made once, so identity decides nearly always. */
    boolean is(String otherStatus, String otherType) {
      return status.equals(otherStatus) && errorType.equals(otherType);
    }
  }

  private final Source source;
  private volatile Entry[] entries = {};

  StatusTimers(Source source) {
    this.source = source;
  }

  void record(int status, String errorType, long nanos) {
    timer(StatusLabel.of(status), errorType).record(nanos, TimeUnit.NANOSECONDS);
  }

  Timer timer(String status, String errorType) {
    for (Entry entry : entries) {
      if (entry.is(status, errorType)) {
        return entry.timer;
      }
    }
    return add(status, errorType);
  }

  private synchronized Timer add(String status, String errorType) {
    Entry[] before = entries;
    for (Entry entry : before) {
      if (entry.is(status, errorType)) {
        return entry.timer;
      }
    }
    Timer timer = source.timer(status, errorType);
    Entry[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = new Entry(status, errorType, timer);
    entries = after;
    return timer;
  }
}
