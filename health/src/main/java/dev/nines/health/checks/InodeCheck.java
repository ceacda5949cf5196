package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** See {@link Checks#inodes}. */
final class InodeCheck implements LocalCheck, MeasuredCheck {

  private final Path path;
  private final TargetShare target;
  private volatile double share = Double.NaN;

  InodeCheck(Path path, TargetShare target) {
    this.path = path;
    this.target = target;
    Inodes.requireLibrary();
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException {
    if (Files.notExists(path)) {
      return CheckResult.unhealthy("the watched path does not exist");
    }
    Optional<Inodes> inodes = Inodes.of(path);
    share = inodes.map(Inodes::share).orElse(Double.NaN);
    return inodes
        .map(found -> target.judgeFilling(found.share()))
        .orElseGet(() -> CheckResult.healthy("the file system has no fixed number of inodes"));
  }

  /** Tells what was found last, for a file system that hangs would hold up whoever asks. */
  @Override
  public void publish(String name, Instruments instruments) {
    instruments.publish(Metrics.SATURATION, () -> share, name);
  }
}
