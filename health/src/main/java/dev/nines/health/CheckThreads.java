package dev.nines.health;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one check, shared with no other, so that a hang starves nobody. Nothing queues: a task gets a thread at
 * once, or is refused.
 */
final class CheckThreads {

  /** Two attempts, each with the thread that cuts it short. */
  private static final int MOST = 2 * CheckMonitor.MOST_STUCK;

  /** Outlives the longest interval by far, so that a calm check keeps one thread instead of making one each time. */
  private static final Duration KEEP = Duration.ofMinutes(1);

  private CheckThreads() {}

  static ExecutorService of(String check) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0, MOST, KEEP.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
          Thread thread = new Thread(task, "nines-check-" + check + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
