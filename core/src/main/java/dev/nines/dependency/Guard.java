package dev.nines.dependency;

import dev.nines.derive.DependencySettings;

/** Guards calls to one dependency. Resolved once and kept; thread-safe. */
public interface Guard {

  /** Returns the dependency's name. */
  String name();

  /** Returns its place among the dependencies, from 0, for tables. */
  int index();

  /** Returns the derived settings in force. */
  DependencySettings settings();

  /** Returns the state of its breaker. */
  BreakerState state();

  /** The states of a breaker. */
  enum BreakerState {
    CLOSED,
    OPEN,
    HALF_OPEN
  }
}
