package dev.nines.dependency;

import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes calls at their deadlines: one daemon thread for all guards.
 *
 * <p>Nearly every call ends long before its deadline, so arming must cost next to nothing, and being exact may cost
 * something: a call puts itself into a slot picked by its thread (one compare-and-set, no allocation, no queue shared by all
 * threads), and the thread looks through all slots when the earliest deadline that it saw is due, at least every
 * {@link #NAP} while there are calls, and not at all while there are none. Deadlines are met to about a millisecond. When
 * slots run short, a concurrent set takes the rest; nothing else grows.
 *
 * <p>The thread itself only interrupts and hands on; what may run the user's code is done by up to four more daemon threads,
 * which end when idle.
 */
final class Watchdog implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger("dev.nines.dependency");

  /** As long as the shortest derived deadline, so that a new call rarely has to wake the thread. */
  private static final long NAP = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long SHORTEST_NAP = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long FOREVER = TimeUnit.DAYS.toNanos(365);

  private static final int SLOT_BITS = 10;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int PROBES = 4;
  private static final int WORKERS = 4;

  private final TimeSource time;
  private final AtomicReferenceArray<@Nullable Call> slots = new AtomicReferenceArray<>(SLOTS);
  private final Set<Call> overflow = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor workers;
  private final Thread thread;
  private volatile long nextLook;
  private volatile boolean armedSinceLook;
  private volatile boolean closed;

  Watchdog(TimeSource time) {
    this.time = time;
    this.nextLook = time.nanos();
    this.workers = new ThreadPoolExecutor(
        WORKERS,
        WORKERS,
        Duration.ofSeconds(10).toMillis(),
        TimeUnit.MILLISECONDS,
        new LinkedBlockingQueue<>(),
        task -> daemon(task, "nines-deadline"));
    workers.allowCoreThreadTimeOut(true);
    this.thread = daemon(this::watch, "nines-watchdog");
    thread.start();
  }

  /** Wakes the call at its {@link Call#wakeAt()}, until it is disarmed. */
  void arm(Call call) {
    if (!takeSlot(call)) {
      overflow.add(call);
    }
    if (!armedSinceLook) {
      armedSinceLook = true;
    }
    if (call.wakeAt() - nextLook < 0) {
      LockSupport.unpark(thread);
    }
  }

  void disarm(Call call) {
    if (call.slot == Call.NO_SLOT) {
      overflow.remove(call);
    } else {
      slots.setRelease(call.slot, null); // seen late, for the call's stage tells that it has ended
    }
  }

  /** Runs what may take a while, or is the user's. */
  void handOn(Runnable task) {
    workers.execute(task);
  }

  /** Ends the thread once the calls under way have ended; calls that begin later have no deadline. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private boolean takeSlot(Call call) {
    int first = slotOf(Thread.currentThread());
    for (int probe = 0; probe < PROBES; probe++) {
      call.slot = (short) (first + probe & SLOTS - 1);
      if (slots.get(call.slot) == null && slots.compareAndSet(call.slot, null, call)) {
        return true;
      }
    }
    call.slot = Call.NO_SLOT;
    return false;
  }

  /** Fibonacci hashing: neighbouring ids land far apart, so threads rarely share a cache line. */
  private static int slotOf(Thread thread) {
    return (int) (thread.getId() * 0x9E3779B97F4A7C15L >>> Long.SIZE - SLOT_BITS);
  }

  /**
   * Whoever arms writes its slot and then reads {@code nextLook}; here it is written before the slots are read. So either
   * the call is seen, or it sees that it must wake the thread.
   */
  private void watch() {
    while (true) {
      boolean closing =
          closed; // before the look, which so finds every call that was armed before closing
      boolean busy = armedSinceLook;
      armedSinceLook = false;
      long now = time.nanos();
      nextLook = now + (busy ? NAP : FOREVER);
      long earliest = look(now);
      boolean calls = earliest != Long.MAX_VALUE;
      if (closing && !calls) {
        return;
      }
      long nap = Math.min(calls || busy ? NAP : FOREVER, earliest);
      nextLook = now + nap;
      LockSupport.parkNanos(this, Math.max(SHORTEST_NAP, nap));
    }
  }

  /** Wakes the calls that are due; returns how long until the next is, or the largest number when there are no calls. */
  private long look(long now) {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < SLOTS; i++) {
      Call call = slots.get(i);
      if (call != null) {
        earliest = Math.min(earliest, wake(call, now));
      }
    }
    for (Call call : overflow) {
      earliest = Math.min(earliest, wake(call, now));
    }
    return earliest;
  }

  private static long wake(Call call, long now) {
    long left = call.leftAlone(now);
    if (left > 0) {
      return left;
    }
    try {
      return call.timeIsUp(now);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A call could not be stopped at its deadline", e);
      return FOREVER;
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
