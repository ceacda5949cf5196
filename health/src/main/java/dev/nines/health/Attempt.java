package dev.nines.health;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One run of a check, on a thread of its own: it ends with a result, or it expires and is cut short. Whichever comes first
 * counts; a result that comes after is ignored.
 *
 * <p>The thread may outlive the expiry, since nothing can force a thread to return. The attempt then is stuck until both
 * the thread and what cuts it short are back.
 */
final class Attempt implements CheckRun, Runnable {

  private static final System.Logger LOG = System.getLogger("dev.nines.health");

  private enum Phase {
    RUNNING,
    ENDED,
    EXPIRED
  }

  private final CheckMonitor monitor;
  private final long startedNanos;

  // All guarded by this.
  private Phase phase = Phase.RUNNING;
  private int threads = 1;
  private @Nullable Thread worker;
  private @Nullable Runnable abort;

  Attempt(CheckMonitor monitor, long startedNanos) {
    this.monitor = monitor;
    this.startedNanos = startedNanos;
  }

  @Override
  public Duration timeout() {
    return monitor.timings().timeout();
  }

  @Override
  public void onAbort(Runnable action) {
    synchronized (this) {
      abort = action;
      if (phase != Phase.EXPIRED) {
        return;
      }
    }
    abortOnce();
  }

  long startedNanos() {
    return startedNanos;
  }

  synchronized boolean running() {
    return phase == Phase.RUNNING;
  }

  /** Runs the check, unless time was up before a thread came free. */
  @Override
  public void run() {
    try {
      if (begin()) {
        CheckResult result = monitor.ask(this);
        if (end(Phase.ENDED)) {
          monitor.record(result, startedNanos);
        }
      }
    } finally {
      leave();
    }
  }

  /** Ends the attempt as failed, if it still runs; one of the two cuts must follow. */
  boolean expire() {
    return end(Phase.EXPIRED);
  }

  /** Interrupts the thread and calls what the check registered. May hang with it, so it needs a thread too. */
  void cut() {
    interrupt();
    try {
      abortOnce();
    } catch (RuntimeException | Error e) {
      // What was to be cut off is over or stuck all the same; the thread's own end tells which.
      LOG.log(System.Logger.Level.WARNING, "The abort of check " + monitor.name() + " failed", e);
    } finally {
      leave();
    }
  }

  /** Interrupts the thread, and no more: never blocks. */
  void cutWithoutAbort() {
    interrupt();
    leave();
  }

  private synchronized void interrupt() {
    if (worker != null) {
      worker.interrupt();
    }
  }

  private synchronized boolean begin() {
    worker = phase == Phase.RUNNING ? Thread.currentThread() : null;
    return worker != null;
  }

  private synchronized boolean end(Phase next) {
    if (phase != Phase.RUNNING) {
      return false;
    }
    phase = next;
    if (next == Phase.EXPIRED) {
      threads++;
      monitor.stuck(1);
    }
    return true;
  }

  private synchronized void leave() {
    if (Thread.currentThread() == worker) {
      // Under the lock, so that no interrupt can hit what this thread does next.
      worker = null;
    }
    threads--;
    if (threads == 0 && phase == Phase.EXPIRED) {
      monitor.stuck(-1);
    }
  }

  private void abortOnce() {
    Runnable action;
    synchronized (this) {
      action = abort;
      abort = null;
    }
    if (action != null) {
      action.run();
    }
  }
}
