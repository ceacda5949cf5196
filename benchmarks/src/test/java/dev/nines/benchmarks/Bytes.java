package dev.nines.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What something allocates on this thread, once the compiler has done what it can, which a busy machine does late. */
public final class Bytes {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 50_000;
  private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

  private Bytes() {}

  /** What is measured. */
  public interface Action {
    void run() throws Exception;
  }

  /** Returns the least bytes of one run that were seen; stops looking when they are {@code enough}. */
  public static long of(Action action, long enough) throws Exception {
    long end = System.nanoTime() + PATIENCE;
    long least = Long.MAX_VALUE;
    while (least > enough && System.nanoTime() - end < 0) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        action.run();
      }
      least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
    }
    return least;
  }
}
