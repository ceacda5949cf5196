package dev.nines.lifecycle;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Where an instance stands between start and stop, and whether it asks for traffic.
 *
 * <p>Each move is told as an event ({@code lifecycle_ready}, {@code lifecycle_draining}, {@code lifecycle_stopped}) with
 * the time spent in the state before. Thread-safe; reading costs no lock.
 */
public final class Lifecycle {

  /** The states, in the only order in which they follow each other; one may be left out. */
  public enum State {
    /** Features attach, connections are opened; no traffic is asked for. */
    STARTING,
    /** Traffic is asked for as long as every condition holds. */
    READY,
    /** No traffic is asked for; what still comes is answered until the drain begins, then refused. */
    DRAINING,
    /** Requests are over; what is left to close are telemetry and the admin server. */
    STOPPED
  }

  private final TimeSource time;
  private final EventBus events;
  private final List<BooleanSupplier> conditions = new CopyOnWriteArrayList<>();
  private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
  private volatile State state = State.STARTING;
  private volatile boolean accepting = true;
  private long since;

  /** Starts in {@link State#STARTING}. */
  public Lifecycle(TimeSource time, EventBus events) {
    this.time = time;
    this.events = events;
    this.since = time.nanos();
  }

  /** Returns the present state. */
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

  /**
   * Returns whether requests that come are answered; when not, a server refuses them with 503 and closes the connection.
   * True from the start to the end of the pre-stop wait, since balancers take a while to see that an instance isn't
   * ready. A server counts a request as active first and asks here then: the other way round, one that comes between
   * would be missed by the drain.
   */
  public boolean accepting() {
    return accepting;
  }

  /** Adds a condition of readiness; it must only read memory, and never throw. */
  public void readyWhile(BooleanSupplier condition) {
    conditions.add(condition);
  }

  /** Hears of each move with the new state, on the thread that moves; a listener's failure stays its own. */
  public void onChange(Consumer<State> listener) {
    listeners.add(listener);
  }

  /**
   * Moves on to a later state; an earlier one, or the present one, is ignored.
   *
   * @return whether it moved
   */
  public boolean advance(State next) {
    Duration spent;
    State before;
    synchronized (this) {
      if (next.compareTo(state) <= 0) {
        return false;
      }
      before = state;
      long now = time.nanos();
      spent = Duration.ofNanos(now - since);
      since = now;
      state = next;
    }
    tell(before, next, spent);
    return true;
  }

  /** From here on requests are refused. */
  void refuse() {
    accepting = false;
  }

  private void tell(State before, State next, Duration spent) {
    events.publish(new Event(
        "lifecycle_" + name(next),
        System.Logger.Level.INFO,
        "The instance is " + name(next) + ", after " + seconds(spent) + " s " + name(before),
        Map.of("from", name(before), "seconds", seconds(spent))));
    for (Consumer<State> listener : listeners) {
      try {
        listener.accept(next);
      } catch (RuntimeException e) {
        events.publish(new Event(
            "lifecycle_listener_failed",
            System.Logger.Level.WARNING,
            "A listener failed as the instance became " + name(next),
            Map.of("listener", listener.getClass().getName()),
            e));
      }
    }
  }

  private static String name(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
