package dev.nines.health.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What this process may use, as the kernel's cgroup files tell (version 2, and version 1 for older hosts). A limit of a
 * parent binds its children, so every level from the process's own group up to the mount is read.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">Memory Resource Controller, v1</a>
 */
final class Cgroup {

  private static final long NANOS_PER_MICRO = 1_000;

  private final Path mount;
  private final List<String> membership;
  private final boolean unified;

  private Cgroup(Path machine) {
    mount = machine.resolve("sys/fs/cgroup");
    membership = new KernelFile(machine.resolve("proc/self/cgroup")).lines();
    unified = Files.exists(mount.resolve("cgroup.controllers"));
  }

  /** Reads anew where this process stands: it may be moved. */
  static Cgroup of(Path machine) {
    return new Cgroup(machine);
  }

  /**
   * Processor time under a quota.
   *
   * @param usedNanos used so far, by all threads of the group
   * @param processors how many the quota is worth
   */
  record Cpu(long usedNanos, double processors) {}

  /** Returns the used share of the tightest memory limit; empty without a limit. */
  OptionalDouble memoryUsed() {
    return levels("memory").stream()
        .map(this::memoryUsed)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .max();
  }

  /** Returns the processor time under the tightest quota; empty without a quota. */
  Optional<Cpu> cpu() {
    List<Path> quotas = levels("cpu");
    List<Path> usages = levels("cpuacct");
    Optional<Cpu> tightest = Optional.empty();
    for (int i = 0; i < quotas.size(); i++) {
      Path usage = usages.isEmpty() ? quotas.get(i) : usages.get(Math.min(i, usages.size() - 1));
      Optional<Cpu> cpu = cpu(quotas.get(i), usage);
      if (cpu.isPresent()
          && tightest.map(t -> cpu.get().processors() < t.processors()).orElse(true)) {
        tightest = cpu;
      }
    }
    return tightest;
  }

  private OptionalDouble memoryUsed(Path level) {
    OptionalLong limit = number(level, unified ? "memory.max" : "memory.limit_in_bytes");
    OptionalLong used = number(level, unified ? "memory.current" : "memory.usage_in_bytes");
    if (limit.isEmpty() || limit.getAsLong() <= 0 || used.isEmpty()) {
      return OptionalDouble.empty();
    }
    // Files that nobody read lately are dropped before anything is killed.
    long reclaimable = new KernelFile(level.resolve("memory.stat"))
        .field(unified ? "inactive_file" : "total_inactive_file")
        .orElse(0);
    return OptionalDouble.of(
        Math.max(0, used.getAsLong() - reclaimable) / (double) limit.getAsLong());
  }

  private Optional<Cpu> cpu(Path level, Path usage) {
    KernelFile max = new KernelFile(level.resolve("cpu.max"));
    OptionalLong quota = unified ? max.word(0) : number(level, "cpu.cfs_quota_us");
    OptionalLong period = unified ? max.word(1) : number(level, "cpu.cfs_period_us");
    OptionalLong used = unified
        ? new KernelFile(level.resolve("cpu.stat")).field("usage_usec")
        : number(usage, "cpuacct.usage");
    if (quota.isEmpty()
        || period.isEmpty()
        || used.isEmpty()
        || quota.getAsLong() <= 0
        || period.getAsLong() <= 0) {
      return Optional.empty();
    }
    long usedNanos = unified ? used.getAsLong() * NANOS_PER_MICRO : used.getAsLong();
    return Optional.of(new Cpu(usedNanos, quota.getAsLong() / (double) period.getAsLong()));
  }

  /** Returns the directories of a controller, from the process's own up to the mount. */
  private List<Path> levels(String controller) {
    Path top = unified ? mount : mount.resolve(controller);
    // Inside a container the mount itself is often the own group, and the path that is told exists
    // only outside.
    Path own = top.resolve(groupOf(controller).replaceFirst("^/+", "")).normalize();
    List<Path> levels = new ArrayList<>();
    for (Path level = own; level != null && level.startsWith(top); level = level.getParent()) {
      if (Files.isDirectory(level)) {
        levels.add(level);
      }
    }
    return levels.isEmpty() && Files.isDirectory(top) ? List.of(top) : levels;
  }

  /** Returns the path of the group in {@code /proc/self/cgroup}, whose lines are {@code id:controllers:path}. */
  private String groupOf(String controller) {
    for (String line : membership) {
      String[] parts = line.split(":", 3);
      boolean found = parts.length == 3
          && (unified ? parts[1].isEmpty() : List.of(parts[1].split(",")).contains(controller));
      if (found) {
        return parts[2];
      }
    }
    return "";
  }

  private static OptionalLong number(Path level, String file) {
    return new KernelFile(level.resolve(file)).word(0);
  }
}
