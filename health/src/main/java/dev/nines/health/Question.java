package dev.nines.health;

import java.util.Set;

/**
 * What is asked: a view as a whole, or some of its checks by name.
 *
 * @param view which of the four
 * @param only names of the checks; empty for all that the view shows
 */
record Question(View view, Set<String> only) {

  Question {
    only = Set.copyOf(only);
  }

  static Question all(View view) {
    return new Question(view, Set.of());
  }

  boolean shows(Component component) {
    return view.shows(component) && (only.isEmpty() || only.contains(component.name()));
  }

  /**
   * Returns the answer in one word. Checks that were asked for by name speak for themselves: an optional dependency that
   * is down makes the service degraded, and the question for it alone unhealthy.
   */
  Condition overall(Facts facts) {
    return only.isEmpty() ? view.overall(facts) : facts.worst(this::shows);
  }
}
