package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.saturation.Usage;
import java.util.Optional;
import java.util.function.Supplier;

/** Compares what is used of a resource that slows down when it is saturated with its target. */
final class SaturationCheck implements LocalCheck {

  private final TargetShare target;
  private final Supplier<Optional<Usage>> usage;

  SaturationCheck(TargetShare target, Supplier<Optional<Usage>> usage) {
    this.target = target;
    this.usage = usage;
  }

  @Override
  public CheckResult run(CheckRun run) {
    return usage
        .get()
        .map(used -> target.judge(used.share()))
        .orElseGet(() -> CheckResult.healthy("the system does not say"));
  }
}
