package dev.nines.health;

import dev.nines.derive.CheckTimings;
import java.time.Duration;

/**
 * Tells a state that goes to and fro from one that changes: it flaps from {@link CheckTimings#FLAPPING_CHANGES} changes
 * within the window on, and until a window holds less than two. Confined to whoever guards it.
 */
final class Flapping {

  private static final int BEGIN = CheckTimings.FLAPPING_CHANGES;

  /** What a look found. */
  enum Turn {
    NONE,
    BEGAN,
    ENDED
  }

  private final long windowNanos;
  private final long[] latest = new long[BEGIN];
  private long changes;
  private long changesBefore;
  private boolean active;
  private long sinceNanos;

  /** @param window in which so many changes are flapping */
  Flapping(Duration window) {
    this.windowNanos = window.toNanos();
  }

  boolean active() {
    return active;
  }

  /** Counts a change. */
  Turn changed(long nanos) {
    latest[(int) (changes % BEGIN)] = nanos;
    changes++;
    if (active || changes < BEGIN || nanos - earlier(BEGIN) > windowNanos) {
      return Turn.NONE;
    }
    active = true;
    sinceNanos = earlier(BEGIN);
    changesBefore = changes - BEGIN;
    return Turn.BEGAN;
  }

  /** Looks whether it has calmed down. */
  Turn look(long nanos) {
    if (!active || nanos - earlier(2) <= windowNanos) {
      return Turn.NONE;
    }
    active = false;
    return Turn.ENDED;
  }

  /** Returns the changes since the first of those that made it flap. */
  long changes() {
    return changes - changesBefore;
  }

  /** Returns the time from the first of those changes to the last so far. */
  Duration lasted() {
    return Duration.ofNanos(earlier(1) - sinceNanos);
  }

  /** Returns when the {@code nth} latest change was; the latest is the first. */
  private long earlier(int nth) {
    return latest[(int) ((changes - nth) % BEGIN)];
  }
}
