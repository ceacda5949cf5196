package dev.nines.trace;

import dev.nines.time.TimeSource;
import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Our clock as OpenTelemetry's SDK reads it, so that spans and measurements tell the same time. Dates are those of the monotonic
 * hand, which is set by the wall clock when {@link #TRUSTED} has passed: a request that has read it needs no date of its own.
 *
 * <p>Thread-safe.
 */
final class TimeSourceClock implements Clock {

  /** In which the wall clock's slewing, 500 µs a second at most, takes it 5 µs away. */
  private static final long TRUSTED = Duration.ofMillis(10).toNanos();

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final TimeSource time;
  private volatile @Nullable Setting setting;

  TimeSourceClock(TimeSource time) {
    this.time = time;
  }

  @Override
  public long now() {
    return epochNanos(time.nanos());
  }

  @Override
  public long nanoTime() {
    return time.nanos();
  }

  /** Returns what time it was when the monotonic hand, a moment ago, stood at {@code nanos}: nanoseconds since 1970. */
  long epochNanos(long nanos) {
    Setting known = setting;
    return nanos
        + (known != null && nanos - known.at < TRUSTED ? known : set()).nanosFromHandToDate;
  }

  private Setting set() {
    Instant now = time.now();
    long nanos = time.nanos();
    Setting read =
        new Setting(nanos, now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - nanos);
    setting = read;
    return read;
  }

  private record Setting(long at, long nanosFromHandToDate) {}
}
