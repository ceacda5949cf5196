package dev.nines.health;

import dev.nines.dependency.Guard;
import dev.nines.targets.DependencyTargets.OnFailure;
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
    /** Reached over the network. */
    DEPENDENCY("component"),
    /** A part of this process or its machine. */
    LOCAL("system"),
    /** What the user added. */
    OWN("component");

    private final String draft;

    Kind(String draft) {
      this.draft = draft;
    }

    String draft() {
      return draft;
    }
  }

  /** Returns how it is now. An open breaker degrades, whatever the check says, and never does more. */
  Condition condition(long nanos) {
    Condition checked = monitor == null ? Condition.HEALTHY : monitor.condition(nanos);
    return breakerOpen() ? checked.worse(Condition.DEGRADED) : checked;
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
