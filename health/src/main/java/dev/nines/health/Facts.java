package dev.nines.health;

import dev.nines.lifecycle.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that decides the endpoints' answers, at one moment. Immutable.
 *
 * @param state where the instance stands between start and stop
 * @param ready whether it asks for traffic
 * @param started whether the start is over
 * @param components what is watched
 * @param conditions how each was, in the same order
 * @param changes when each check's condition changed last; the epoch where there is no check
 * @param recovery what was promised of recovery, and what was kept; for the authorized
 */
record Facts(
    Lifecycle.State state,
    boolean ready,
    boolean started,
    List<Component> components,
    List<Condition> conditions,
    List<Instant> changes,
    RecoveryReport recovery) {

  /** Returns the worst that the shown components make of the whole. */
  Condition worstEffect(View view) {
    Condition worst = Condition.HEALTHY;
    for (int i = 0; i < components.size(); i++) {
      if (view.shows(components.get(i))) {
        worst = worst.worse(components.get(i).effect(conditions.get(i)));
      }
    }
    return worst;
  }

  /** Returns the worst condition among some components, as they are. */
  Condition worst(Predicate<Component> shown) {
    Condition worst = Condition.HEALTHY;
    for (int i = 0; i < components.size(); i++) {
      worst = shown.test(components.get(i)) ? worst.worse(conditions.get(i)) : worst;
    }
    return worst;
  }

  /** Returns the worst condition that is known among the shown components. */
  Condition worstKnown(View view) {
    Condition worst = Condition.HEALTHY;
    for (int i = 0; i < components.size(); i++) {
      boolean counts = view.shows(components.get(i)) && conditions.get(i) != Condition.UNKNOWN;
      worst = counts ? worst.worse(conditions.get(i)) : worst;
    }
    return worst;
  }
}
