package dev.nines.health.checks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How busy the machine is, where no container limits what may be used of it. */
final class Host {

  private Host() {}

  /**
   * Returns the used share of memory. On Linux {@code MemAvailable} decides, for memory that only caches files counts as
   * used in the JDK's bean.
   */
  static double memoryUsed(Path machine) {
    KernelFile meminfo = new KernelFile(machine.resolve("proc/meminfo"));
    OptionalLong total = meminfo.field("MemTotal:");
    OptionalLong available = meminfo.field("MemAvailable:");
    if (total.isPresent() && available.isPresent() && total.getAsLong() > 0) {
      return 1 - available.getAsLong() / (double) total.getAsLong();
    }
    return 1 - bean().getFreeMemorySize() / (double) bean().getTotalMemorySize();
  }

  /** Returns the recently used share of the processors; less than 0 before the JDK knows. */
  static double cpuUsed() {
    double load = bean().getCpuLoad();
    return Double.isNaN(load) ? -1 : load;
  }

  private static OperatingSystemMXBean bean() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }
}
