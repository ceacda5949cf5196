package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** See {@link Checks#memory}. */
final class MemoryCheck implements LocalCheck {

  private final Path machine;
  private final Saturation saturation;

  MemoryCheck(Path machine, BigDecimal target) {
    this.machine = machine;
    this.saturation = new Saturation("memory", target);
  }

  @Override
  public CheckResult run(CheckRun run) {
    OptionalDouble ofContainer = Cgroup.of(machine).memoryUsed();
    return saturation.judge(
        ofContainer.isPresent() ? ofContainer.getAsDouble() : Host.memoryUsed(machine));
  }
}
