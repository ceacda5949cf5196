package dev.nines.health.checks;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** See {@link ProcessChecks#fileDescriptors}. */
final class FileDescriptorCheck implements LocalCheck {

  private final TargetShare target;
  private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();

  FileDescriptorCheck(TargetShare target) {
    this.target = target;
  }

  @Override
  public CheckResult run(CheckRun run) {
    // Linux and macOS count them for a process; Windows has no limit to compare with.
    return system instanceof UnixOperatingSystemMXBean unix && unix.getMaxFileDescriptorCount() > 0
        ? target.judgeFilling(
            (double) unix.getOpenFileDescriptorCount() / unix.getMaxFileDescriptorCount())
        : CheckResult.healthy("the system does not say");
  }
}
