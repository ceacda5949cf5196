package dev.nines.health;

import dev.nines.telemetry.Event;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Tells an operator of each change of a check's condition, of stuck threads, and of readiness lost and won. */
final class HealthEvents {

  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final Consumer<Event> out;

  HealthEvents(Consumer<Event> out) {
    this.out = out;
  }

  /** Tells of a change; a check that is healthy from the first look is no news. */
  void changed(String check, CheckState before, CheckState after) {
    boolean fromStart = before.condition() == Condition.UNKNOWN;
    if (before.condition() == after.condition()
        || fromStart && after.condition() == Condition.HEALTHY) {
      return;
    }
    String status = after.condition().label();
    double lasted = seconds(after.sinceNanos() - before.sinceNanos());
    out.accept(new Event(
        "check_" + status,
        after.condition() == Condition.HEALTHY ? Level.INFO : Level.WARNING,
        "Check " + check + " is " + status + ", after " + lasted + " s "
            + before.condition().label(),
        Map.of(
            "check",
            check,
            "status",
            status,
            "previous_status",
            before.condition().label(),
            "previous_seconds",
            lasted,
            "consecutive_failures",
            after.streaks().notHealthy(),
            "reason",
            after.message())));
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

  void unready(String reasons, long readyNanos) {
    double lasted = seconds(readyNanos);
    out.accept(new Event(
        "service_unready",
        Level.ERROR,
        "The service is not ready, after " + lasted + " s ready: " + reasons,
        Map.of("ready_seconds", lasted, "reasons", reasons)));
  }

  void ready(long unreadyNanos) {
    double lasted = seconds(unreadyNanos);
    out.accept(new Event(
        "service_ready",
        Level.INFO,
        "The service is ready, after " + lasted + " s",
        Map.of("unready_seconds", lasted)));
  }

  /** To the millisecond: more digits say nothing of checks that run once a second. */
  private static double seconds(long nanos) {
    return Math.round(nanos / NANOS_PER_SECOND * 1000) / 1000.0;
  }
}
