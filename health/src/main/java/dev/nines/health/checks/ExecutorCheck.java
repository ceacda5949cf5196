package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;

/** See {@link ProcessChecks#executor}. */
final class ExecutorCheck implements LocalCheck, MeasuredCheck {

  private final ThreadPoolExecutor executor;
  private final TargetShare target;

  ExecutorCheck(ThreadPoolExecutor executor, TargetShare target) {
    this.executor = executor;
    this.target = target;
  }

  @Override
  public CheckResult run(CheckRun run) {
    if (executor.isShutdown()) {
      return CheckResult.unhealthy("the executor is shut down");
    }
    BlockingQueue<Runnable> queue = executor.getQueue();
    int busy = executor.getActiveCount();
    int threads = mostThreads(queue);
    if (busy >= threads && queue.remainingCapacity() == 0) {
      return CheckResult.unhealthy("all " + threads + " threads are busy, and the queue of "
          + queue.size() + " is full: the next task is refused");
    }
    return target.judge((double) busy / threads);
  }

  @Override
  public void publish(String name, Instruments instruments) {
    instruments.publish(
        Metrics.SATURATION,
        () -> (double) executor.getActiveCount() / mostThreads(executor.getQueue()),
        name);
  }

  /** Beyond its core, an executor grows only when its queue is full, which one without a bound never is. */
  private int mostThreads(BlockingQueue<Runnable> queue) {
    boolean unbounded = (long) queue.size() + queue.remainingCapacity() >= Integer.MAX_VALUE;
    return unbounded ? Math.max(1, executor.getCorePoolSize()) : executor.getMaximumPoolSize();
  }
}
