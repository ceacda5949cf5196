package dev.nines.health;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hands things in their order to one receiver, on a thread of its own, so that a receiver that blocks or throws, such as a
 * log that nobody drains, holds up neither a check, nor the scheduler, nor another receiver. What comes when
 * {@link #CAPACITY} things wait is dropped and counted, and so is what the receiver failed at.
 */
final class Mailbox {

  /** Changes of state are rare; so many waiting means that nobody takes any. */
  static final int CAPACITY = 256;

  private static final System.Logger LOG = System.getLogger("dev.nines.health");

  private final String receiver;
  private final LongAdder lost = new LongAdder();
  private final AtomicBoolean failureTold = new AtomicBoolean();
  private final ThreadPoolExecutor postman;

  /** @param receiver who it is for, as part of the thread's name */
  Mailbox(String receiver) {
    this.receiver = receiver;
    postman = new ThreadPoolExecutor(
        1,
        1,
        1,
        TimeUnit.MINUTES,
        new LinkedBlockingQueue<>(CAPACITY),
        task -> {
          Thread thread = new Thread(task, "nines-health-" + receiver);
          thread.setDaemon(true);
          return thread;
        },
        (task, executor) -> lost.increment());
    postman.allowCoreThreadTimeOut(true);
  }

  /** Runs {@code delivery} when all before it are over; never blocks, never throws. */
  void post(Runnable delivery) {
    try {
      postman.execute(() -> deliver(delivery));
    } catch (OutOfMemoryError noThread) {
      lost.increment();
    }
  }

  /** Returns how many deliveries were dropped or failed. */
  long lost() {
    return lost.sum();
  }

  /** Takes nothing more; what waits is still delivered. */
  void shut() {
    postman.shutdown();
  }

  /** Waits until all is delivered, or the deadline; then interrupts the receiver and drops the rest. */
  void awaitEmpty(long deadlineNanos) throws InterruptedException {
    if (!postman.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      lost.add(postman.shutdownNow().size());
    }
  }

  private void deliver(Runnable delivery) {
    try {
      delivery.run();
    } catch (Throwable e) {
      // Errors too: a class that the listener misses must not cost it what comes later.
      lost.increment();
      if (!failureTold.getAndSet(true)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Listener " + receiver + " of health failed; further failures are only counted",
            e);
      }
    }
  }
}
