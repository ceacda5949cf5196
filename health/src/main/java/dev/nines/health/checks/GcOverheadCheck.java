package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.saturation.PauseMeter;
import dev.nines.saturation.Usage;

/** See {@link ProcessChecks#gcOverhead}. */
record GcOverheadCheck(TargetShare target, PauseMeter pauses) implements LocalCheck {

  @Override
  public CheckResult run(CheckRun run) {
    return target.judge(pauses.usage().map(Usage::share).orElse(0.0));
  }
}
