package dev.nines.health;

import dev.nines.telemetry.Event;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells an operator of what goes to and fro: once when it begins, with its rate, and once when it is over. */
final class FlapEvents {

  private final Consumer<Event> out;

  FlapEvents(Consumer<Event> out) {
    this.out = out;
  }

  void began(Component component, Condition status, Flapping flapping) {
    began("check", "Check " + component.name(), of(component, status), Level.WARNING, flapping);
  }

  void ended(Component component, Condition status, Flapping flapping) {
    Level level = status == Condition.HEALTHY ? Level.INFO : Level.WARNING;
    ended("check", "Check " + component.name(), of(component, status), level, flapping);
  }

  /** The same of the service's readiness. */
  void began(boolean ready, Flapping flapping) {
    began("service", "The service's readiness", of(ready), Level.ERROR, flapping);
  }

  /** The same of the service's readiness. */
  void ended(boolean ready, Flapping flapping) {
    Level level = ready ? Level.INFO : Level.ERROR;
    ended("service", "The service's readiness", of(ready), level, flapping);
  }

  private void began(
      String type, String what, Map<String, Object> fields, Level level, Flapping flapping) {
    rate(fields, flapping);
    out.accept(new Event(
        type + "_flapping",
        level,
        what + " is flapping, now " + fields.get("status") + ": " + text(flapping)
            + "; until it is steady, single changes are counted and not logged",
        fields));
  }

  private void ended(
      String type, String what, Map<String, Object> fields, Level level, Flapping flapping) {
    rate(fields, flapping);
    out.accept(new Event(
        type + "_steady",
        level,
        what + " is steady, now " + fields.get("status") + ", after " + text(flapping),
        fields));
  }

  private static Map<String, Object> of(Component component, Condition status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("check", component.name());
    fields.put("failure_domain", component.domain().label());
    fields.put("status", status.label());
    return fields;
  }

  private static Map<String, Object> of(boolean ready) {
    return new LinkedHashMap<>(Map.of("status", ready ? "ready" : "unready"));
  }

  private static void rate(Map<String, Object> fields, Flapping flapping) {
    fields.put("changes", flapping.changes());
    fields.put("flapping_seconds", Seconds.of(flapping.lasted()));
    fields.put("changes_per_minute", perMinute(flapping));
  }

  private static String text(Flapping flapping) {
    return flapping.changes() + " changes in " + Seconds.of(flapping.lasted()) + " s, "
        + perMinute(flapping) + " a minute";
  }

  private static double perMinute(Flapping flapping) {
    double minutes =
        flapping.lasted().toMillis() / (double) Duration.ofMinutes(1).toMillis();
    return minutes == 0 ? 0 : Math.round(flapping.changes() / minutes * 10) / 10.0;
  }
}
