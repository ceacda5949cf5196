package dev.nines.health;

import dev.nines.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What the authorized are told of one check, whatever the form. */
record Details(TimeSource time) {

  String message(Component component) {
    return component.message(time.nanos());
  }

  /** Returns when the last result came. */
  Instant resultAt(CheckState state) {
    return time.now().minus(Duration.ofNanos(time.nanos() - state.resultNanos()));
  }

  static long durationMillis(CheckState state) {
    return TimeUnit.NANOSECONDS.toMillis(state.durationNanos());
  }
}
