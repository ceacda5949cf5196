package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.saturation.Saturation;
import java.nio.file.Files;
import java.nio.file.Path;

/** See {@link Checks#disk}. */
final class DiskCheck implements LocalCheck {

  private final Path path;
  private final TargetShare target;
  private final Saturation saturation;

  DiskCheck(Path path, TargetShare target, Saturation saturation) {
    this.path = path;
    this.target = target;
    this.saturation = saturation;
  }

  @Override
  public CheckResult run(CheckRun run) {
    if (Files.notExists(path)) {
      return CheckResult.unhealthy("the watched path does not exist");
    }
    return saturation
        .disk(path)
        .map(used -> target.judgeFilling(used.share()))
        .orElseGet(() -> CheckResult.healthy("the file store does not say"));
  }
}
