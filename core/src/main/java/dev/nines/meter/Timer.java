package dev.nines.meter;

import dev.nines.dependency.Body;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long something takes, as a histogram in seconds.
 *
 * <p>Thread-safe; recording takes no lock and allocates nothing.
 */
public final class Timer {

  /** What fits into nanoseconds: 292 years. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final TimeSource time;
  private final LongConsumer durations;
  private final LongAdder dropped;

  Timer(TimeSource time, LongConsumer durations, LongAdder dropped) {
    this.time = time;
    this.durations = durations;
    this.dropped = dropped;
  }

  /** Returns a beginning, to hand to {@link #end}; nothing else can be done with it. */
  public long begin() {
    return time.nanos();
  }

  /** Records the time since that beginning. */
  public void end(long begun) {
    record(time.nanos() - begun);
  }

  /** Records a duration that was measured elsewhere; a negative one is left out and counted as dropped. */
  public void record(Duration duration) {
    record(duration.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : Math.max(-1, saturated(duration)));
  }

  /** Runs {@code body} and records how long it took, also where it throws. */
  public <T extends @Nullable Object, X extends Exception> T time(Body<T, X> body) throws X {
    long begun = begin();
    try {
      return body.run();
    } finally {
      end(begun);
    }
  }

  private void record(long nanos) {
    if (nanos >= 0) {
      durations.accept(nanos);
    } else {
      dropped.increment();
    }
  }

  private static long saturated(Duration duration) {
    return duration.isNegative() ? -1 : duration.toNanos();
  }
}
