package dev.nines.health;

import dev.nines.time.TimeSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns the monitors' wheels: one thread that starts attempts and ends those that overstay, and never waits for one.
 */
final class CheckScheduler implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.nines.health");

  private final List<CheckMonitor> monitors;
  private final List<ExecutorService> threads;
  private final Runnable afterStep;
  private final TimeSource time;
  private final Thread timer = new Thread(this::turn, "nines-health-scheduler");
  private volatile boolean closed;

  /**
   * @param threads of the monitors, shut down at close
   * @param afterStep called after each step, on the scheduler's thread; must not block
   */
  CheckScheduler(
      List<CheckMonitor> monitors,
      List<ExecutorService> threads,
      Runnable afterStep,
      TimeSource time) {
    this.monitors = List.copyOf(monitors);
    this.threads = List.copyOf(threads);
    this.afterStep = afterStep;
    this.time = time;
    timer.setDaemon(true);
  }

  void start() {
    timer.start();
  }

  /** Does what is due and returns the nanoseconds until something is due again. */
  long step() {
    long next = Long.MAX_VALUE;
    long now = time.nanos();
    for (CheckMonitor monitor : monitors) {
      next = Math.min(next, advance(monitor, now) - now);
    }
    look();
    return next;
  }

  /** Stops asking. Attempts that run are cut short; close waits for them for a moment, and never for a stuck one. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    LockSupport.unpark(timer);
    timer.join(TimeUnit.SECONDS.toMillis(1));
    monitors.forEach(CheckMonitor::close);
    threads.forEach(ExecutorService::shutdown);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    for (ExecutorService each : threads) {
      each.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private void turn() {
    while (!closed) {
      LockSupport.parkNanos(this, step());
    }
  }

  private void look() {
    try {
      afterStep.run();
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "The look at what the checks found failed", e);
    }
  }

  /** One monitor's failure must not end the watch over the others: it comes again a second later. */
  private long advance(CheckMonitor monitor, long now) {
    try {
      return monitor.advance(now);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "The watch of check " + monitor.name() + " failed", e);
      return now + TimeUnit.SECONDS.toNanos(1);
    }
  }
}
