package dev.nines.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What was last told of one component. Guarded by {@link ChangeWatch}; counts and times are read by anyone. */
final class ComponentWatch {

  private final Component component;
  private final Detections detections;
  private final Flapping flapping;
  private final LongAdder[] changes = new LongAdder[Condition.values().length];
  private Condition told = Condition.UNKNOWN;
  private long sinceNanos;

  ComponentWatch(Component component, Duration detection, Duration flappingWindow, long nanos) {
    this.component = component;
    this.detections = new Detections(detection);
    this.flapping = new Flapping(flappingWindow);
    this.sinceNanos = nanos;
    for (int i = 0; i < changes.length; i++) {
      changes[i] = new LongAdder();
    }
  }

  Component component() {
    return component;
  }

  Detections detections() {
    return detections;
  }

  /** Returns how often it came into that condition. */
  long changes(Condition to) {
    return changes[to.ordinal()].sum();
  }

  boolean flaps() {
    return flapping.active();
  }

  /** Tells of the change since the last look, if there was one. */
  void look(long nanos, Instant date, HealthNews news) {
    Condition now = component.condition(nanos);
    if (now != told) {
      changed(now, nanos, date, news);
    }
    if (flapping.look(nanos) == Flapping.Turn.ENDED) {
      news.flaps().ended(component, told, flapping);
    }
  }

  private void changed(Condition now, long nanos, Instant date, HealthNews news) {
    Condition before = told;
    Duration lasted = Duration.ofNanos(nanos - sinceNanos);
    told = now;
    sinceNanos = nanos;
    changes[now.ordinal()].increment();
    // The first result is the start of the story, not a turn in it.
    Flapping.Turn turn = before == Condition.UNKNOWN ? Flapping.Turn.NONE : flapping.changed(nanos);
    CheckChange change = new CheckChange(
        component.name(),
        component.domain(),
        before,
        now,
        date,
        lasted,
        component.message(nanos),
        flapping.active());
    Duration found = found(before, now, nanos);
    if (turn == Flapping.Turn.BEGAN) {
      news.flaps().began(component, now, flapping);
    } else if (!flapping.active()) {
      tell(change, found, news);
    }
    news.listeners().checkChanged(change);
  }

  private void tell(CheckChange change, @Nullable Duration found, HealthNews news) {
    news.checks().changed(change, component, found, detections.target());
    if (found != null && detections.isLate(found)) {
      news.incidents().late(component.name(), found, detections.target());
    }
  }

  /** Measures how soon a failure was found; null where there is none, or nothing is known of before. */
  private @Nullable Duration found(Condition before, Condition now, long nanos) {
    CheckMonitor monitor = component.monitor();
    if (monitor == null || now.serves() || !before.serves()) {
      return null;
    }
    Duration found = Duration.ofNanos(nanos - monitor.state().servedNanos());
    detections.add(found);
    return found;
  }
}
