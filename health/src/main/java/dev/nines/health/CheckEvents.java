package dev.nines.health;

import dev.nines.telemetry.Event;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells an operator of each change of a check's condition, and of threads that are stuck. */
final class CheckEvents {

  private final Consumer<Event> out;

  CheckEvents(Consumer<Event> out) {
    this.out = out;
  }

  /**
   * Tells of a change; a check that is healthy from the first look is no news.
   *
   * @param found how soon a failure was found; null where there is none, or nothing is known of before
   * @param target how soon it should be found
   */
  void changed(CheckChange change, Component component, @Nullable Duration found, Duration target) {
    if (change.from() == Condition.UNKNOWN && change.to() == Condition.HEALTHY) {
      return;
    }
    String status = change.to().label();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("check", change.check());
    fields.put("failure_domain", change.domain().label());
    fields.put("status", status);
    fields.put("previous_status", change.from().label());
    fields.put("previous_seconds", Seconds.of(change.lasted()));
    fields.put("consecutive_failures", component.failures());
    fields.put("reason", change.message());
    if (found != null) {
      fields.put("detection_seconds", Seconds.of(found));
      fields.put("detection_target_seconds", Seconds.of(target));
    }
    out.accept(new Event(
        "check_" + status,
        change.to() == Condition.HEALTHY ? Level.INFO : Level.WARNING,
        "Check " + change.check() + " is " + status + ", after " + Seconds.of(change.lasted())
            + " s " + change.from().label(),
        fields));
  }

  void stuck(String check, int threads) {
    out.accept(new Event(
        "check_stuck",
        Level.WARNING,
        "Check " + check + " has " + threads + " threads that did not return from their interrupt"
            + (threads < CheckMonitor.MOST_STUCK
                ? "; a replacement runs beside"
                : "; none is started beside them"),
        Map.of("check", check, "threads", threads)));
  }
}
