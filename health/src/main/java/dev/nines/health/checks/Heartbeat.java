package dev.nines.health.checks;

import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sign of life of a background job: the job calls {@link #beat} each time it gets something done, and
 * {@link ProcessChecks#heartbeat} fails when that has not happened for too long.
 *
 * <p>A job that dies of an exception, waits for ever or spins in place throws nothing that anybody would see. Beat after
 * the work of a round is done, not before it. The first silence counts from when this object is made.
 *
 * <p>Thread-safe; a beat reads the clock and writes one field.
 */
public final class Heartbeat {

  private final TimeSource time;
  private final AtomicLong last;

  public Heartbeat(TimeSource time) {
    this.time = time;
    this.last = new AtomicLong(time.nanos());
  }

  /** Says that the job is alive and has got something done. */
  public void beat() {
    last.set(time.nanos());
  }

  /** Returns the time since the last beat. */
  public Duration silence() {
    long heard = last.get();
    return Duration.ofNanos(time.nanos() - heard);
  }
}
