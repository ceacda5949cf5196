package dev.nines.health;

import dev.nines.telemetry.Event;
import java.util.function.Consumer;

/**
 * Everything that is told of health, and to whom: the log and whoever else listens to the service's events, and the user's
 * listeners.
 *
 * @param checks tells of single checks
 * @param flaps tells of what goes to and fro
 * @param incidents tells of readiness and recovery
 * @param listeners the user's
 */
record HealthNews(
    CheckEvents checks, FlapEvents flaps, IncidentEvents incidents, HealthListeners listeners) {

  static HealthNews to(Consumer<Event> out, HealthListeners listeners) {
    return new HealthNews(
        new CheckEvents(out), new FlapEvents(out), new IncidentEvents(out), listeners);
  }
}
