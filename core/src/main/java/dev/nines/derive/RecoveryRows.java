package dev.nines.derive;

import dev.nines.targets.LatencyTarget;
import dev.nines.targets.RecoveryTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.SaturationTargets;
import java.math.BigDecimal;
import java.time.Duration;

/** Explains what stands as declared: how full resources may be, and how soon a failure is mended. */
final class RecoveryRows {

  private RecoveryRows() {}

  static void explain(Rows rows, ReliabilityTargets targets) {
    SaturationTargets saturation = targets.saturation();
    saturation(rows, "cpu", saturation.cpu());
    saturation(rows, "memory", saturation.memory());
    saturation(rows, "disk", saturation.disk());
    requests(rows, targets);
    RecoveryTargets recovery = targets.recovery();
    recovery(rows, "detection", recovery.detection(), "from a fault to no more traffic");
    recovery(rows, "restore", recovery.restore(), "from unready to ready, for one instance");
    recovery(rows, "rollback", recovery.rollback(), "time of the rollback itself");
    recovery(
        rows, "rto", recovery.rto(), "from disaster to service: detection and restore are part");
    recovery(rows, "rpo", recovery.rpo(), "age of the last good backup");
    rows.add(
        "recovery.durability",
        targets.durability(),
        "share of stored objects that survive, as declared",
        Sources.OURS,
        "durability",
        targets.durability());
  }

  private static void saturation(Rows rows, String resource, BigDecimal target) {
    rows.add(
        "saturation." + resource,
        "≥ " + Rows.text(target) + " for " + Rows.text(SaturationRules.SUSTAINED),
        "as declared, sustained for the short window of the fastest burn tier",
        Sources.SRE_WORKBOOK,
        "saturation." + resource,
        target);
  }

  private static void requests(Rows rows, ReliabilityTargets targets) {
    LatencyTarget promise = targets.latency().governing();
    rows.add(
        "saturation.requests",
        SaturationRules.requestsInFlight(targets)
            .map(most -> most.toPlainString() + " in flight are full")
            .orElse("none, since no traffic.peak is declared"),
        "traffic.peak × " + promise.label() + ", rounded up",
        Sources.LITTLE,
        "traffic.peak",
        targets
            .peakRequestsPerSecond()
            .map(peak -> peak.toPlainString() + "/s")
            .orElse("not declared"),
        "latency." + promise.label(),
        promise.threshold());
  }

  private static void recovery(Rows rows, String name, Duration target, String meaning) {
    rows.add(
        "recovery." + name,
        "≤ " + Rows.text(target),
        meaning + ", as declared",
        Sources.OURS,
        "recovery." + name,
        target);
  }
}
