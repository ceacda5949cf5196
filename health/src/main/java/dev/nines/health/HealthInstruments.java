package dev.nines.health;

import dev.nines.targets.Durations;
import dev.nines.targets.RecoveryTargets;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The series of health. All exist from the start.
 *
 * @param instruments where they are published
 * @param time to read conditions by
 */
record HealthInstruments(Instruments instruments, TimeSource time) {

  void publish(HealthWatch watch, HealthListeners listeners) {
    watch.changes().watches().forEach(this::component);
    readiness(watch.readiness());
    targets(watch.targets());
    instruments.publish(Metrics.TELEMETRY_DROPPED, listeners.bus()::lost, "health_events");
    instruments.publish(Metrics.TELEMETRY_DROPPED, listeners::lost, "health_listener");
  }

  private void component(ComponentWatch watch) {
    String name = watch.component().name();
    for (Condition state : Condition.values()) {
      instruments.publish(Metrics.CHECK_CHANGES, () -> watch.changes(state), name, state.label());
    }
    instruments.publish(Metrics.CHECK_FLAPPING, () -> watch.flaps() ? 1 : 0, name);
    CheckMonitor monitor = watch.component().monitor();
    if (monitor != null) {
      monitor(monitor);
      detections(name, watch.detections());
    }
  }

  private void monitor(CheckMonitor monitor) {
    instruments.publish(Metrics.CHECK_STUCK, monitor::stuckThreads, monitor.name());
    for (Condition state : Condition.values()) {
      instruments.publish(
          Metrics.CHECK_STATUS,
          () -> monitor.condition(time.nanos()) == state ? 1 : 0,
          monitor.name(),
          state.label());
    }
  }

  private void detections(String check, Detections detections) {
    seconds(Metrics.DETECTION, detections.times()::last, check);
    seconds(Metrics.DETECTION_MAX, detections.times()::longest, check);
    instruments.publish(Metrics.DETECTIONS, detections::kept, check, "within_target");
    instruments.publish(Metrics.DETECTIONS, detections::late, check, "over_target");
  }

  private void readiness(ReadinessWatch readiness) {
    instruments.publish(Metrics.READINESS_CHANGES, () -> readiness.changes(true), "ready");
    instruments.publish(Metrics.READINESS_CHANGES, () -> readiness.changes(false), "unready");
    instruments.publish(Metrics.READINESS_FLAPPING, () -> readiness.flaps() ? 1 : 0);
    seconds(Metrics.UNREADY, readiness::current);
    Recoveries recoveries = readiness.recoveries();
    seconds(Metrics.RECOVERY, recoveries.times()::last);
    seconds(Metrics.RECOVERY_MAX, recoveries.times()::longest);
    for (Recoveries.Verdict verdict : Recoveries.Verdict.values()) {
      instruments.publish(Metrics.RECOVERIES, () -> recoveries.count(verdict), verdict.label());
    }
  }

  private void targets(RecoveryTargets targets) {
    seconds(Metrics.RECOVERY_TARGET, targets::detection, "detection");
    seconds(Metrics.RECOVERY_TARGET, targets::restore, "restore");
    seconds(Metrics.RECOVERY_TARGET, targets::rollback, "rollback");
    seconds(Metrics.RECOVERY_TARGET, targets::rto, "rto");
    seconds(Metrics.RECOVERY_TARGET, targets::rpo, "rpo");
  }

  private void seconds(Metric metric, Supplier<Duration> length, String... labels) {
    instruments.publish(metric, () -> Durations.seconds(length.get()), labels);
  }
}
