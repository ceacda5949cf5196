package dev.nines.health.checks;

import dev.nines.dependency.LocalCheck;
import dev.nines.saturation.PauseMeter;
import dev.nines.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Checks of this process: what it may run out of, and whether its work goes on. Beside {@link Checks#deadlock}.
 *
 * <p>Those of queues and executors also publish the used share as {@code nines_saturation_ratio{resource}}, where the
 * resource is the name of the check.
 *
 * <p>All are thread-safe. Those that a passing burst may trip are best wrapped in {@link Checks#sustained}.
 */
public final class ProcessChecks {

  /**
   * Share of time in garbage collection at which {@link #gcOverhead} degrades: 8 %, the share that the G1 collector aims
   * to stay under ({@code -XX:GCTimeRatio=12}). A process that stays above it spends its processors on a heap that is too
   * small.
   *
   * @see <a href="https://docs.oracle.com/en/java/javase/17/gctuning/garbage-first-g1-garbage-collector1.html">HotSpot
   *     Garbage Collection Tuning Guide, "Ergonomic Defaults for G1 GC"</a>
   */
  public static final BigDecimal GC_OVERHEAD = new BigDecimal("0.08");

  private ProcessChecks() {}

  /**
   * Compares the open file descriptors of this process (files, sockets, pipes) with a share of its limit. Over the target
   * is degraded; when three quarters of what the target leaves free are used too, it is unhealthy, for connections are
   * about to be refused. Where the system has no such limit (Windows) it is healthy.
   *
   * @param target used share in (0, 1]
   */
  public static LocalCheck fileDescriptors(BigDecimal target) {
    return new FileDescriptorCheck(new TargetShare("file descriptors", target));
  }

  /**
   * Compares the share of time that this process stood still for garbage collection since the last run at least a second
   * ago (the first time: since the check was made) with a target; over it is degraded. What a collector does beside the
   * program does not count.
   *
   * @param target share of time in (0, 1]; {@link #GC_OVERHEAD} where nothing better is known
   */
  public static LocalCheck gcOverhead(BigDecimal target, TimeSource time) {
    return new GcOverheadCheck(
        new TargetShare("gc overhead", target), new PauseMeter(PauseMeter.ofThisProcess(), time));
  }

  /**
   * Compares the elements that wait in a queue with a share of its bound. Over the target is degraded; when three quarters
   * of what the target leaves free are used too, it is unhealthy, for work is about to be refused.
   *
   * @param bound elements that may wait: the queue's capacity or, for one without, what can be worked off in time; positive
   * @param target used share in (0, 1]
   */
  public static LocalCheck queue(BlockingQueue<?> queue, int bound, BigDecimal target) {
    return new QueueCheck(queue, bound, new TargetShare("queue", target));
  }

  /**
   * Compares the busy threads of an executor with a share of those that it may have; over it is degraded. It is unhealthy
   * when all are busy and its queue is full, since the next task would be refused, and when it is shut down. An executor
   * whose queue has no bound never has more threads than its core; how much waits there is for {@link #queue} to say.
   *
   * @param target busy share in (0, 1]
   */
  public static LocalCheck executor(ThreadPoolExecutor executor, BigDecimal target) {
    return new ExecutorCheck(executor, new TargetShare("executor", target));
  }

  /**
   * Is unhealthy when a background job has been silent for too long.
   *
   * @param longest the longest silence; positive. Above the job's interval plus its slowest round
   */
  public static LocalCheck heartbeat(Heartbeat heartbeat, Duration longest) {
    return new HeartbeatCheck(heartbeat, longest);
  }
}
