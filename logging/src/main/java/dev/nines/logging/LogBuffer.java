package dev.nines.logging;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was logged and is not written yet: a ring that any thread may add to and one thread empties, in the order of the
 * additions. Bounded in bytes, for lines have between 200 bytes and 64 KiB, and by the number of its places: 24 MiB in
 * all. The last quarter of both is kept for what is urgent.
 *
 * <p>No locks: a thread that is paused while it logs delays the writer, never another thread that logs. The writer frees
 * places many at a time, for whatever it writes here the next caller must fetch from the other's cache.
 */
final class LogBuffer {

  /** What {@link #add} returns if there is no room. */
  static final long FULL = -1;

  /** Some 20 ms of what one writer can encode at its best. */
  static final int PLACES = 8 * 1024;

  /** What those that are longer than {@link #SHORT} weigh at most together: 256 of the longest lines. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  /** Others are bounded by their number alone: to at most 8 MiB, without a sum that all threads must share. */
  private static final int SHORT = 1024;

  private static final int MASK = PLACES - 1;

  private final AtomicReferenceArray<@Nullable Held> places = new AtomicReferenceArray<>(PLACES);
  private final AtomicLong claimed = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong freed = new AtomicLong();

  /** The next that the writer reads, and what it has read since it last freed places. */
  private long next;

  private long readBytes;

  /** Adds what may be read by another thread from now on; returns its number. */
  long add(Held held) {
    boolean urgent = held.isUrgent();
    int weight = held.weight();
    if (weight > SHORT && bytes.addAndGet(weight) > share(MOST_BYTES, urgent)) {
      bytes.addAndGet(-weight);
      return FULL;
    }
    while (true) {
      long claim = claimed.get();
      if (claim - freed.get() >= share(PLACES, urgent)) {
        if (weight > SHORT) {
          bytes.addAndGet(-weight);
        }
        return FULL;
      }
      if (claimed.compareAndSet(claim, claim + 1)) {
        places.set((int) claim & MASK, held);
        return claim;
      }
    }
  }

  private static int share(int whole, boolean urgent) {
    return urgent ? whole : whole / 4 * 3;
  }

  /** Returns the next to be written, for the writer alone; null if there is none, or if it is still being added. */
  @Nullable
  Held read() {
    if (next - freed.get() == PLACES) {
      return null; // all places hold what was read before
    }
    Held held = places.get((int) next & MASK);
    if (held != null) {
      next++;
      readBytes += held.weight() > SHORT ? held.weight() : 0;
    }
    return held;
  }

  /** Frees the places of what was read, for the writer alone. */
  void free() {
    for (long number = freed.get(); number < next; number++) {
      places.lazySet((int) number & MASK, null);
    }
    bytes.addAndGet(-readBytes);
    readBytes = 0;
    freed.set(next);
  }

  /** Returns whether nothing waits to be read, for the writer alone. */
  boolean isRead() {
    return next == claimed.get();
  }

  /** Returns whether the writer should not rest now. */
  boolean isHalfFull() {
    return claimed.get() - freed.get() > PLACES / 2;
  }

  /** Returns how many were added so far. */
  long added() {
    return claimed.get();
  }

  /** Returns how many were freed so far. */
  long freed() {
    return freed.get();
  }
}
