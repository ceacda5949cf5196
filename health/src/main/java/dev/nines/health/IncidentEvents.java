package dev.nines.health;

import dev.nines.targets.Durations;
import dev.nines.targets.RecoveryTargets;
import dev.nines.telemetry.Event;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells an operator of readiness lost and won, and of what was promised of recovery. */
final class IncidentEvents {

  private final Consumer<Event> out;

  IncidentEvents(Consumer<Event> out) {
    this.out = out;
  }

  void unready(Unreadiness why, Duration ready) {
    out.accept(new Event(
        "service_unready",
        Level.ERROR,
        "The service is not ready, after " + Seconds.of(ready) + " s ready: " + why.reasons(),
        Map.of(
            "ready_seconds",
            Seconds.of(ready),
            "reasons",
            why.reasons(),
            "failure_domain",
            why.domain())));
  }

  /** Tells of the end of the start. */
  void ready(Duration starting) {
    out.accept(new Event(
        "service_ready",
        Level.INFO,
        "The service is ready, after " + Seconds.of(starting) + " s",
        Map.of("unready_seconds", Seconds.of(starting))));
  }

  /** Tells of the end of an incident, and what it was against the promises. */
  void recovered(Duration unready, Recoveries recoveries) {
    Recoveries.Verdict verdict = recoveries.verdict(unready);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unready_seconds", Seconds.of(unready));
    promised(fields, recoveries.targets());
    fields.put("recovery", verdict.label());
    out.accept(new Event(
        "service_ready",
        verdict == Recoveries.Verdict.WITHIN_RESTORE ? Level.INFO : Level.WARNING,
        "The service is ready, after " + Seconds.of(unready) + " s; "
            + against(verdict, recoveries.targets()),
        fields));
  }

  /** Tells that an incident goes on for longer than was promised. */
  void overdue(
      Recoveries.Verdict verdict, Duration unready, RecoveryTargets targets, Unreadiness why) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unready_seconds", Seconds.of(unready));
    promised(fields, targets);
    fields.put("reasons", why.reasons());
    fields.put("failure_domain", why.domain());
    out.accept(new Event(
        verdict == Recoveries.Verdict.OVER_RTO ? "rto_exceeded" : "restore_exceeded",
        Level.ERROR,
        "The service is not ready since " + Seconds.of(unready) + " s; "
            + against(verdict, targets),
        fields));
  }

  /** Tells of a failure that was found later than promised. */
  void late(String check, Duration found, Duration target) {
    out.accept(new Event(
        "detection_late",
        Level.WARNING,
        "The failure of check " + check + " was found after up to " + Seconds.of(found)
            + " s, and the target is " + Durations.format(target),
        Map.of(
            "check",
            check,
            "detection_seconds",
            Seconds.of(found),
            "detection_target_seconds",
            Seconds.of(target))));
  }

  void backup(String check, double ageSeconds, double rpoSeconds, boolean tooOld) {
    out.accept(new Event(
        tooOld ? "rpo_exceeded" : "rpo_restored",
        tooOld ? Level.ERROR : Level.INFO,
        "The newest backup of " + check + " is " + Math.round(ageSeconds)
            + " s old, and the recovery point objective is " + Math.round(rpoSeconds) + " s",
        Map.of(
            "check",
            check,
            "backup_age_seconds",
            Math.round(ageSeconds),
            "rpo_seconds",
            Math.round(rpoSeconds))));
  }

  private static void promised(Map<String, Object> fields, RecoveryTargets targets) {
    fields.put("restore_target_seconds", Seconds.of(targets.restore()));
    fields.put("rto_seconds", Seconds.of(targets.rto()));
  }

  private static String against(Recoveries.Verdict verdict, RecoveryTargets targets) {
    String restore = Durations.format(targets.restore());
    String rto = Durations.format(targets.rto());
    return switch (verdict) {
      case WITHIN_RESTORE -> "within the " + restore + " promised";
      case WITHIN_RTO -> "longer than the " + restore + " promised for one instance";
      case OVER_RTO -> "longer than the recovery time objective of " + rto;
    };
  }
}
