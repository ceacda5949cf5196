package dev.nines.logging;

import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How the writer gets on, and where others wait for it: only while it does. Once somebody has waited for {@link #STUCK} in
 * vain, nobody waits until it has moved again.
 *
 * <p>Thread-safe.
 */
final class Progress {

  /** How long the writer may take for one step before it counts as stuck. */
  static final Duration STUCK = Duration.ofSeconds(1);

  private static final long NAP_NANOS = Duration.ofMillis(1).toNanos();

  private final TimeSource time;
  private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
  private volatile long steps;
  private volatile long stuckAt = -1;

  Progress(TimeSource time) {
    this.time = time;
  }

  /** Tells that the writer has done something; for the writer alone. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes it
  void step() {
    steps++;
    for (Thread thread = waiting.poll(); thread != null; thread = waiting.poll()) {
      LockSupport.unpark(thread);
    }
  }

  /** Waits until {@code done}, at most so long, and not at all while the writer is known to be stuck. */
  boolean awaitUnlessStuck(BooleanSupplier done, Duration most) {
    return steps == stuckAt ? done.getAsBoolean() : await(done, most);
  }

  /** Waits until {@code done}, at most so long, and {@link #STUCK} for each step; an interrupt is kept for later. */
  boolean await(BooleanSupplier done, Duration most) {
    boolean finished = done.getAsBoolean();
    boolean interrupted = false;
    boolean moving = true;
    long began = time.nanos();
    long seen = steps;
    long seenAt = began;
    while (!finished && moving && time.nanos() - began < most.toNanos()) {
      nap();
      interrupted |= Thread.interrupted();
      finished = done.getAsBoolean();
      if (steps != seen) {
        seen = steps;
        seenAt = time.nanos();
      } else if (time.nanos() - seenAt >= STUCK.toNanos()) {
        stuckAt = seen;
        moving = false;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return finished;
  }

  private void nap() {
    Thread self = Thread.currentThread();
    waiting.add(self);
    LockSupport.parkNanos(this, NAP_NANOS);
    waiting.remove(self);
  }
}
