package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run of one part: it ends with a result, or it is cut. */
final class PartRun implements CheckRun {

  private final Duration timeout;
  private final CompletableFuture<CheckResult> result = new CompletableFuture<>();

  // Guarded by this.
  private @Nullable Thread thread;
  private @Nullable Runnable abort;
  private boolean cut;

  PartRun(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public void onAbort(Runnable action) {
    synchronized (this) {
      abort = action;
      if (!cut) {
        return;
      }
    }
    action.run();
  }

  synchronized void on(Thread worker) {
    thread = worker;
  }

  void end(CheckResult found) {
    result.complete(found);
  }

  /** Waits for the result, no longer than so many nanoseconds. */
  CheckResult await(long nanos) throws InterruptedException {
    try {
      return result.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return CheckResult.unhealthy("no answer in time");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nothing completes it with a failure
    }
  }

  /** Interrupts what still runs, and calls what it registered: beside the caller, since that may hang too. */
  void cut() {
    Runnable action;
    synchronized (this) {
      if (cut || result.isDone()) {
        return;
      }
      cut = true;
      action = abort;
      if (thread != null) {
        thread.interrupt();
      }
    }
    if (action != null) {
      Thread cutter = new Thread(action, "nines-check-part-abort");
      cutter.setDaemon(true);
      cutter.start();
    }
  }
}
