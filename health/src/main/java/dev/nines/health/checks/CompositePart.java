package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.telemetry.Instruments;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;

/** One of the checks that a {@link QuorumCheck} asks, and how many of its threads have not come back. */
final class CompositePart {

  /** As the scheduler allows for a check: one that hangs, and one beside it that may find all well again. */
  private static final int MOST_THREADS = 2;

  private final String name;
  private final Check check;
  private final Semaphore threads = new Semaphore(MOST_THREADS);

  CompositePart(String name, Check check) {
    this.name = name;
    this.check = check;
  }

  String name() {
    return name;
  }

  void publish(String under, Instruments instruments) {
    MeasuredCheck.publishIfMeasured(under, check, instruments);
  }

  /** Starts a run on a thread of its own; one that cannot start has failed already. */
  PartRun start(Duration timeout) {
    PartRun run = new PartRun(timeout);
    if (threads.tryAcquire()) {
      Thread thread = new Thread(() -> ask(run), "nines-check-part-" + name);
      thread.setDaemon(true);
      begin(run, thread);
    } else {
      run.end(CheckResult.unhealthy("the last " + MOST_THREADS + " runs have not returned"));
    }
    return run;
  }

  private void begin(PartRun run, Thread thread) {
    run.on(thread);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      threads.release();
      run.end(CheckResult.unhealthy("no thread for the check: " + e.getMessage()));
    }
  }

  private void ask(PartRun run) {
    try {
      run.end(Objects.requireNonNull(check.run(run), "the check returned null"));
    } catch (Throwable e) {
      // Errors too, as for every check: one part must not end the others.
      run.end(CheckResult.unhealthy(e.toString()));
    } finally {
      threads.release();
    }
  }
}
