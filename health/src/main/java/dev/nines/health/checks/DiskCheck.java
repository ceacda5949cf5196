package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** See {@link Checks#disk}. */
final class DiskCheck implements LocalCheck {

  private final Path path;
  private final Saturation saturation;

  DiskCheck(Path path, BigDecimal target) {
    this.path = path;
    this.saturation = new Saturation("disk", target);
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException {
    FileStore store = Files.getFileStore(path);
    long total = store.getTotalSpace();
    if (total <= 0) {
      return CheckResult.healthy("the file store has no size");
    }
    // Usable, not free: what is kept for root does not help this process.
    return saturation.judgeFull(1 - store.getUsableSpace() / (double) total);
  }
}
