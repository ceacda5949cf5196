package dev.nines.health;

import dev.nines.dependency.Guard;
import dev.nines.targets.DependencyTargets.OnFailure;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code /health}: something that is checked, or guarded, or both.
 *
 * @param name unique among all
 * @param kind what it is
 * @param onFailure what its failure does to readiness
 * @param live whether its failure asks for a restart
 * @param monitor watches its check; null for a dependency without one
 * @param guard guards calls to it; null for what is no dependency
 */
record Component(
    String name,
    Kind kind,
    OnFailure onFailure,
    boolean live,
    @Nullable CheckMonitor monitor,
    @Nullable Guard guard) {

  /** What a component is, with the draft's {@code componentType}. */
  enum Kind {
    /** Reached over the network, and shared with the other instances. */
    DEPENDENCY("component"),
    /** A part of this process or its machine. */
    LOCAL("system"),
    /** What the user added, and what may look anywhere. */
    OWN("component");

    private final String draft;

    Kind(String draft) {
      this.draft = draft;
    }

    String draft() {
      return draft;
    }
  }

  /** Returns who else is hit by its failure. */
  FailureDomain domain() {
    return kind == Kind.LOCAL ? FailureDomain.INSTANCE : FailureDomain.SHARED;
  }

  /** Returns how it is now. An open breaker degrades, whatever the check says, and never does more. */
  Condition condition(long nanos) {
    Condition checked = monitor == null ? Condition.HEALTHY : monitor.condition(nanos);
    return breakerOpen() ? checked.worse(Condition.DEGRADED) : checked;
  }

  /** Returns what is to be said of how it is, for logs and the authorized. */
  String message(long nanos) {
    if (monitor == null || monitor.condition(nanos) == Condition.HEALTHY && breakerOpen()) {
      return breakerOpen() ? "its breaker is open" : "";
    }
    return monitor.stale(nanos) ? "the last result is too old" : monitor.state().message();
  }

  /** Returns whether the instance must not start before it works. */
  boolean startNeeds() {
    return kind == Kind.DEPENDENCY && gates() && monitor != null;
  }

  /** Returns what is wrong with what the start waits for; empty once it works. */
  Optional<String> missing(long nanos) {
    if (condition(nanos).serves()) {
      return Optional.empty();
    }
    String message = message(nanos);
    return Optional.of(message.isEmpty() ? "no answer yet" : message);
  }

  /** Returns how many results in a row, up to the last, were not healthy. */
  int failures() {
    return monitor == null ? 0 : monitor.state().streaks().notHealthy();
  }

  /** Returns when the check's condition changed last; the epoch where there is no check. */
  Instant changed() {
    return monitor == null ? Instant.EPOCH : monitor.state().since();
  }

  boolean breakerOpen() {
    return guard != null && guard.state() == Guard.BreakerState.OPEN;
  }

  /** Returns whether its failure takes readiness away. */
  boolean gates() {
    return onFailure == OnFailure.UNREADY;
  }

  /** Returns what a condition of this component makes of the whole. */
  Condition effect(Condition condition) {
    if (condition.serves()) {
      return condition;
    }
    return gates() ? Condition.UNHEALTHY : Condition.DEGRADED;
  }
}
