package dev.nines.benchmarks.growth;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Threads of either kind. */
final class Workers {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Workers() {}

  static void start(boolean virtual, Runnable work) {
    if (virtual) {
      startVirtual(work);
    } else {
      new Thread(work).start();
    }
  }

  /** This compiles on JDK 17, which has none. */
  private static void startVirtual(Runnable work) {
    try {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("virtual threads (expected: JDK 21 or later)", e);
    }
  }

  /** Returns what this thread allocates in {@code work}; 0 for a virtual one, of which the JVM tells nothing. */
  static long allocatedBy(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return before < 0 ? 0 : THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
