package dev.nines.dependency;

import dev.nines.time.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The monotonic hand of a {@link TimeSource} as a clock, so that setting the machine's clock moves no open wait. Its
 * instants are no dates, so a zone means nothing to it.
 */
final class MonotonicClock extends Clock {

  private final TimeSource time;

  MonotonicClock(TimeSource time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(time.nanos());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
