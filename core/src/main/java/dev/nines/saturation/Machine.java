package dev.nines.saturation;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The machine as a whole, for processes that no control group limits: Linux's own files, elsewhere the JVM's bean. */
final class Machine {

  private static final int KIBI = 1024;

  private Machine() {}

  /** Returns the memory that is not available to new work, against all that there is. */
  static Optional<Usage> memory(Path root) {
    Path file = root.resolve("proc/meminfo");
    OptionalDouble total = KernelFile.field(file, "MemTotal");
    OptionalDouble available = KernelFile.field(file, "MemAvailable");
    if (total.isPresent() && available.isPresent()) {
      double used = total.getAsDouble() - available.getAsDouble();
      return Optional.of(new Usage(used * KIBI, total.getAsDouble() * KIBI));
    }
    return bean()
        .filter(bean -> bean.getTotalMemorySize() > 0)
        .map(bean -> new Usage(
            bean.getTotalMemorySize() - (double) bean.getFreeMemorySize(),
            bean.getTotalMemorySize()));
  }

  /** Returns the threads of all processes, against what the kernel allows in all. */
  static Optional<Usage> threads(Path root) {
    String load =
        KernelFile.lines(root.resolve("proc/loadavg")).stream().findFirst().orElse("");
    double threads =
        KernelFile.word(load.substring(load.indexOf('/') + 1), 0); // 0.1 0.2 0.3 1/234 5
    double limit = Math.min(
        KernelFile.number(root.resolve("proc/sys/kernel/threads-max")).orElse(Double.NaN),
        KernelFile.number(root.resolve("proc/sys/kernel/pid_max")).orElse(Double.NaN));
    return load.indexOf('/') > 0 && threads >= 0 && limit > 0
        ? Optional.of(new Usage(threads, limit))
        : Optional.empty();
  }

  /** Returns the files that this process has open against its limit; Windows has none to compare with. */
  static Optional<Usage> fileDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() > 0
        ? Optional.of(
            new Usage(unix.getOpenFileDescriptorCount(), unix.getMaxFileDescriptorCount()))
        : Optional.empty();
  }

  /** Returns the time that all processors were busy, and all the time that they had, in the kernel's ticks. */
  static Optional<CpuTimes> cpu(Path root, int processors) {
    List<String> lines = KernelFile.lines(root.resolve("proc/stat"));
    if (lines.isEmpty() || !lines.get(0).startsWith("cpu ")) {
      return Optional.empty();
    }
    double total = 0;
    for (int i = 1;
        i <= 8;
        i++) { // user nice system idle iowait irq softirq steal; guests are within user
      total += KernelFile.word(lines.get(0), i);
    }
    double idle = KernelFile.word(lines.get(0), 4) + KernelFile.word(lines.get(0), 5);
    return Optional.of(new CpuTimes("machine", total - idle, total, processors));
  }

  /** Returns the share of time in which the processors were lately busy, as the JVM says. */
  static Optional<Usage> cpuByBean(int processors) {
    return bean()
        .filter(bean -> bean.getCpuLoad() >= 0)
        .map(bean -> new Usage(bean.getCpuLoad() * processors, processors));
  }

  private static Optional<OperatingSystemMXBean> bean() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
        ? Optional.of(bean)
        : Optional.empty();
  }
}
