package dev.nines.health;

import dev.nines.FeatureContext;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.LocalCheck;
import dev.nines.derive.SaturationRules;
import dev.nines.health.checks.Checks;
import dev.nines.lifecycle.WarmUpTask;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.targets.SaturationTargets;
import dev.nines.time.TimeSource;
import java.nio.file.Path;
import java.util.List;

/** What every service is watched for, without being asked. */
final class StandardChecks {

  private StandardChecks() {}

  /** Returns the checks of this process and its promises. */
  static List<OwnCheck> process(FeatureContext context) {
    return List.of(
        new OwnCheck("deadlock", Component.Kind.LOCAL, Checks.deadlock(), OnFailure.UNREADY, true),
        OwnCheck.ofMemory(
            "targets", new TargetsCheck(context.budget(), context.settings().burnTiers())));
  }

  /** Returns what became of the warm-ups: without one that did not succeed, the service is ready, but degraded. */
  static List<OwnCheck> warmUps(FeatureContext context) {
    return context.warmUps().all().stream()
        .map(task -> OwnCheck.ofMemory("warmup-" + task.name(), run -> result(task)))
        .toList();
  }

  private static CheckResult result(WarmUpTask task) {
    return switch (task.state()) {
      case FAILED, ABANDONED -> CheckResult.degraded(task.message());
      case WAITING, RUNNING, DONE -> CheckResult.healthy(task.message());
    };
  }

  /** Returns the checks of this machine. */
  static List<OwnCheck> saturation(FeatureContext context, Path disk) {
    SaturationTargets targets = context.settings().targets().saturation();
    TimeSource time = context.time();
    return List.of(
        local("cpu", sustained(Checks.cpu(targets.cpu()), time), OnFailure.DEGRADE),
        local("memory", sustained(Checks.memory(targets.memory()), time), OnFailure.DEGRADE),
        local("disk", Checks.disk(disk, targets.disk()), OnFailure.UNREADY));
  }

  private static LocalCheck sustained(LocalCheck check, TimeSource time) {
    return Checks.sustained(check, SaturationRules.SUSTAINED, time);
  }

  private static OwnCheck local(String name, LocalCheck check, OnFailure onFailure) {
    return new OwnCheck(name, Component.Kind.LOCAL, check, onFailure, false);
  }
}
