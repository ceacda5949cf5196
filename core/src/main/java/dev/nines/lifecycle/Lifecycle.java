package dev.nines.lifecycle;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Where an instance stands between start and stop, and whether it asks for traffic. Thread-safe. */
public final class Lifecycle {

  /** The states, in the only order in which they follow each other. */
  public enum State {
    STARTING,
    READY,
    DRAINING,
    STOPPED
  }

  private final List<BooleanSupplier> conditions = new CopyOnWriteArrayList<>();
  private volatile State state = State.STARTING;

  public State state() {
    return state;
  }

  /** Returns whether this instance asks for traffic: state READY, and every condition holds. Reads memory only. */
  public boolean ready() {
    if (state != State.READY) {
      return false;
    }
    for (BooleanSupplier condition : conditions) {
      if (!condition.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  /** Adds a condition of readiness; it must only read memory, and never throw. */
  public void readyWhile(BooleanSupplier condition) {
    conditions.add(condition);
  }

  /** Moves on to a later state; an earlier one is ignored. */
  public synchronized void advance(State next) {
    if (next.compareTo(state) > 0) {
      state = next;
    }
  }
}
