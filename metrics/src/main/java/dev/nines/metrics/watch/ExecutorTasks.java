package dev.nines.metrics.watch;

import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

/** See {@link Watch#executor}. Thread-safe. */
final class ExecutorTasks<E extends ExecutorService> implements Watch<E> {

  private static final String ACTIVE = "active";
  private static final String QUEUED = "queued";

  private final String name;
  private final E executor;

  ExecutorTasks(String name, E executor) {
    this.name = name;
    this.executor = executor;
  }

  @Override
  public String name() {
    return "executor:" + name;
  }

  @Override
  public E watched() {
    return executor;
  }

  @Override
  public void start(WatchContext context) {
    if (executor instanceof ThreadPoolExecutor pool) {
      start(pool, context);
    } else if (executor instanceof ForkJoinPool pool) {
      start(pool, context);
    } else {
      throw new IllegalArgumentException(
          "watch: " + name() + ": " + executor.getClass().getName()
              + " (expected: a ThreadPoolExecutor or a ForkJoinPool, for no other tells what it does)");
    }
  }

  private void start(ThreadPoolExecutor pool, WatchContext context) {
    Instruments instruments = context.instruments();
    instruments.publish(Metrics.EXECUTOR_TASKS, pool::getActiveCount, name, ACTIVE);
    instruments.publish(Metrics.EXECUTOR_TASKS, () -> pool.getQueue().size(), name, QUEUED);
    instruments.publish(Metrics.EXECUTOR_COMPLETED, pool::getCompletedTaskCount, name);
    context.saturation(name(), () -> (double) pool.getActiveCount() / most(pool));
    BoundedQueue.saturation(context, "executor_queue:" + name, pool.getQueue());
  }

  private void start(ForkJoinPool pool, WatchContext context) {
    Instruments instruments = context.instruments();
    instruments.publish(Metrics.EXECUTOR_TASKS, pool::getActiveThreadCount, name, ACTIVE);
    instruments.publish(
        Metrics.EXECUTOR_TASKS,
        () -> pool.getQueuedTaskCount() + pool.getQueuedSubmissionCount(),
        name,
        QUEUED);
    context.saturation(
        name(), () -> (double) pool.getActiveThreadCount() / Math.max(1, pool.getParallelism()));
  }

  /** An executor grows beyond its core only once its queue is full; behind an unbounded one it never does. */
  private static int most(ThreadPoolExecutor pool) {
    boolean unbounded = BoundedQueue.isUnbounded(pool.getQueue());
    return Math.max(1, unbounded ? pool.getCorePoolSize() : pool.getMaximumPoolSize());
  }
}
