package dev.nines.health.checks;

import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when standbys have missed something that their primary wrote. The primary itself knows a lag only once the standby
 * reports that it has caught up; with one that is frozen, or whose replay stands still, it never changes. Thread-safe.
 */
final class ReplayMarks {

  /** A place in the log that the standby had not reached at that time. */
  private record Mark(long place, long nanos) {}

  private final Map<Long, Mark> marks = new HashMap<>(); // guarded by this
  private final TimeSource time;

  ReplayMarks(TimeSource time) {
    this.time = time;
  }

  /**
   * Returns how long the standby has missed what it misses; zero if it misses nothing.
   *
   * @param standby the process of the primary that serves it
   * @param written place up to which the primary has written its log
   * @param replayed place up to which the standby has replayed it
   */
  synchronized Duration missing(long standby, long written, long replayed) {
    long now = time.nanos();
    Mark mark = marks.compute(standby, (key, old) -> next(old, written, replayed, now));
    return mark == null ? Duration.ZERO : Duration.ofNanos(now - mark.nanos);
  }

  /** Forgets all standbys but these. */
  synchronized void keep(Collection<Long> standbys) {
    marks.keySet().retainAll(standbys);
  }

  private static @Nullable Mark next(@Nullable Mark old, long written, long replayed, long now) {
    if (old != null && replayed < old.place) {
      return old;
    }
    return replayed < written ? new Mark(written, now) : null;
  }
}
