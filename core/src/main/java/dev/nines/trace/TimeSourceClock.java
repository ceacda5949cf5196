package dev.nines.trace;

import dev.nines.time.TimeSource;
import io.opentelemetry.sdk.common.Clock;
import java.time.Instant;

/** Our clock as OpenTelemetry's SDK reads it, so that spans and measurements tell the same time. */
final class TimeSourceClock implements Clock {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final TimeSource time;

  TimeSourceClock(TimeSource time) {
    this.time = time;
  }

  @Override
  public long now() {
    Instant now = time.now();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }

  @Override
  public long nanoTime() {
    return time.nanos();
  }
}
