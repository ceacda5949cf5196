package dev.nines.derive;

import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.time.Duration;

/** Explains when checks and probes run. */
final class TimingRows {

  private TimingRows() {}

  static void explain(
      Rows rows, ReliabilityTargets targets, CheckTimings checks, ProbeTimings probes) {
    Duration detection = targets.recovery().detection();
    checks(rows, detection, checks);
    probes(rows, detection, checks, probes);
    lifecycle(rows, targets.lifecycle(), probes);
  }

  private static void checks(Rows rows, Duration detection, CheckTimings checks) {
    rows.add(
        "checks.interval",
        checks.interval(),
        "detection ÷ 6, at least 1s, at most 10s; ± 10% jitter",
        Sources.OURS,
        "detection",
        detection);
    rows.add(
        "checks.timeout",
        checks.timeout(),
        "interval ÷ 2.5, at least 500ms, at most 3s",
        Sources.OURS,
        "interval",
        checks.interval());
    rows.add(
        "checks.hysteresis",
        checks.failuresToUnhealthy() + " failures, " + checks.successesToHealthy() + " successes",
        "two in a row: one lost packet neither condemns nor acquits",
        Sources.OURS);
    rows.add(
        "checks.worstCase",
        checks.worstCase(),
        "2.2 × interval + timeout: two more runs, each late by the jitter, the last until its"
            + " timeout",
        Sources.OURS,
        "interval",
        checks.interval(),
        "timeout",
        checks.timeout());
    rows.add(
        "checks.staleAfter",
        checks.staleAfter(),
        "3 × interval + timeout",
        Sources.OURS,
        "interval",
        checks.interval(),
        "timeout",
        checks.timeout());
    rows.add(
        "checks.flapping",
        CheckTimings.FLAPPING_CHANGES + " changes within " + Rows.text(checks.flappingWindow()),
        "window = 60 × interval, at least 5m; over when it holds less than two",
        Sources.OURS,
        "interval",
        checks.interval());
  }

  private static void probes(
      Rows rows, Duration detection, CheckTimings checks, ProbeTimings probes) {
    String room = ProbeTimings.room(detection, checks).stripTrailingZeros().toPlainString() + "s";
    rows.add(
        "probes.period",
        Duration.ofSeconds(probes.periodSeconds()),
        "⌊room ÷ 3⌋ in whole seconds, at least 1s, at most 10s; room = detection − checks.worstCase"
            + " − 1s",
        Sources.PROBES,
        "detection",
        detection,
        "checks.worstCase",
        checks.worstCase(),
        "room",
        room);
    rows.add(
        "probes.failureThreshold",
        probes.failureThreshold(),
        "⌊room ÷ period⌋, at most 3",
        Sources.PROBES,
        "room",
        room,
        "period",
        Duration.ofSeconds(probes.periodSeconds()));
    rows.add(
        "probes.timeout",
        Duration.ofSeconds(probes.timeoutSeconds()),
        "Kubernetes' default; the endpoint only reads memory",
        Sources.PROBES);
    rows.add(
        "probes.worstCase",
        probes.worstCase(checks),
        "checks.worstCase + period × failureThreshold + timeout: never above detection",
        Sources.OURS,
        "detection",
        detection,
        "checks.worstCase",
        checks.worstCase());
  }

  private static void lifecycle(Rows rows, LifecycleTimings timings, ProbeTimings probes) {
    rows.add(
        "probes.startupFailureThreshold",
        probes.startupFailureThreshold(),
        "⌈lifecycle.start ÷ period⌉",
        Sources.PROBES,
        "lifecycle.start",
        timings.start(),
        "period",
        Duration.ofSeconds(probes.periodSeconds()));
    rows.add(
        "lifecycle.start",
        timings.start(),
        "as declared: required dependencies are waited for, then warm-ups run, each at most half of"
            + " it unless it says otherwise",
        Sources.OURS,
        "lifecycle.start",
        timings.start());
    rows.add(
        "lifecycle.grace",
        Duration.ofSeconds(probes.graceSeconds()),
        "as declared, in whole seconds; at least preStop + drain + 5s. The process itself waits"
            + " preStop, so a manifest needs no sleep",
        Sources.PROBES,
        "lifecycle.grace",
        timings.grace(),
        "lifecycle.preStop",
        timings.preStop(),
        "lifecycle.drain",
        timings.drain());
  }
}
