package dev.nines.health;

/**
 * Hears of each change of state, such as to page somebody, to flip a switch, or to drop a cache; see
 * {@link HealthEndpoints#onChange}.
 *
 * <p>Each listener has a thread and a queue of its own, and hears everything in its order, one call at a time. One that is
 * slow or throws harms neither the checks nor other listeners: the first thing that it throws is logged, and what comes
 * while 256 changes wait for it is dropped; both are counted in
 * {@code nines_telemetry_dropped_total{signal="health_listener"}}. At the end of the service all listeners together have a
 * second for what still waits.
 */
public interface HealthListener {

  /** A part has changed its condition; also from unknown, with its first result, and also while it is flapping. */
  default void checkChanged(CheckChange change) {}

  /**
   * The instance began to ask for traffic, or ceased to. Heard while the service is in state {@code READY}: the start is
   * over with the first of these, and the drain is told by the lifecycle instead.
   */
  default void readinessChanged(ReadinessChange change) {}
}
