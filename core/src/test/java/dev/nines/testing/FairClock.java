package dev.nines.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock that stands still while the machine lets nobody run, so that a test can hold a length of time against a bound on a
 * busy machine as strictly as on a quiet one. What was lost is what a thread that only ever sleeps for a moment has overslept.
 *
 * <p>Thread-safe.
 */
public final class FairClock implements AutoCloseable {

  private static final long MOMENT = Duration.ofMillis(2).toNanos();

  /** What timers are late by on a quiet machine too. */
  private static final long IMPRECISION = Duration.ofMillis(1).toNanos();

  private final Thread sleeper = new Thread(this::sleep, "fair-clock");

  // Both guarded by this.
  private long lost;
  private long asleepSince = System.nanoTime();

  private volatile boolean closed;

  private FairClock() {
    sleeper.setDaemon(true);
    sleeper.start();
  }

  public static FairClock started() {
    return new FairClock();
  }

  /** What is timed. */
  @FunctionalInterface
  public interface Task {

    void run() throws Exception;
  }

  /** Returns how long something takes on such a clock. */
  public static Duration timing(Task task) throws Exception {
    try (FairClock clock = started()) {
      long from = clock.nanos();
      task.run();
      return clock.since(from);
    }
  }

  public synchronized long nanos() {
    long now = System.nanoTime();
    return now - lost - overslept(now);
  }

  /** Returns what has passed on this clock since it stood at {@code nanos}. */
  public Duration since(long nanos) {
    return Duration.ofNanos(nanos() - nanos);
  }

  /** Returns for how long it has stood still. */
  public synchronized Duration lost() {
    return Duration.ofNanos(lost);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(sleeper);
  }

  private void sleep() {
    while (!closed) {
      LockSupport.parkNanos(MOMENT);
      wake();
    }
  }

  private synchronized void wake() {
    long now = System.nanoTime();
    lost += overslept(now);
    asleepSince = now;
  }

  private long overslept(long now) {
    long late = now - asleepSince - MOMENT;
    return late > IMPRECISION ? late : 0;
  }
}
