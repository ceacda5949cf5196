package dev.nines.saturation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One control group as the kernel shows it, whichever the version: its limits, and what its processes use.
 *
 * @param memoryLimit bytes that its processes may use; empty if any amount
 * @param workingSet bytes that the kernel cannot take back at once; the measure by which Kubernetes evicts
 * @param cpuLimit processors' worth of time that its processes may use; empty if any amount
 * @param cpuNanos time that its processes have used
 * @param threadLimit threads that its processes may have; empty if any number
 * @param threads threads that its processes have
 * @param directory where it stands, to tell one group from another
 */
record Cgroup(
    OptionalDouble memoryLimit,
    OptionalDouble workingSet,
    OptionalDouble cpuLimit,
    OptionalDouble cpuNanos,
    OptionalDouble threadLimit,
    OptionalDouble threads,
    Path directory) {

  private static final Path MOUNT = Path.of("sys/fs/cgroup");
  private static final Path OWN = Path.of("proc/self/cgroup");

  /** Returns memory in use against its limit, of the enclosing group that is fullest; empty without any limit. */
  static Optional<Usage> memory(Path root, double machineBytes) {
    return groups(root, "memory").stream()
        .filter(group -> group.memoryLimit.isPresent() && group.workingSet.isPresent())
        .filter(group -> group.memoryLimit.getAsDouble() < machineBytes)
        .map(group -> new Usage(group.workingSet.getAsDouble(), group.memoryLimit.getAsDouble()))
        .max(Comparator.comparingDouble(Usage::share));
  }

  /** Returns the threads against their limit, of the enclosing group that is fullest; empty without any limit. */
  static Optional<Usage> threads(Path root) {
    return groups(root, "pids").stream()
        .filter(group -> group.threadLimit.isPresent() && group.threads.isPresent())
        .map(group -> new Usage(group.threads.getAsDouble(), group.threadLimit.getAsDouble()))
        .max(Comparator.comparingDouble(Usage::share));
  }

  /** Returns the enclosing group with the narrowest limit of processor time; empty without any limit. */
  static Optional<Cgroup> narrowestCpu(Path root) {
    return groups(root, "cpu").stream()
        .filter(group -> group.cpuLimit.isPresent() && group.cpuNanos.isPresent())
        .min(Comparator.comparingDouble(group -> group.cpuLimit.getAsDouble()));
  }

  private static List<Cgroup> groups(Path root, String controller) {
    Path mount = root.resolve(MOUNT);
    if (Files.exists(mount.resolve("cgroup.controllers"))) {
      return levels(mount, path(root, "")).stream().map(Cgroup::version2).toList();
    }
    Path cpuTimes = mount.resolve("cpuacct");
    String path = path(root, controller);
    return levels(mount.resolve(controller), path).stream()
        .map(
            level -> version1(level, cpuTimes.resolve(mount.resolve(controller).relativize(level))))
        .toList();
  }

  private static Cgroup version2(Path group) {
    String quota =
        KernelFile.lines(group.resolve("cpu.max")).stream().findFirst().orElse("");
    return new Cgroup(
        KernelFile.number(group.resolve("memory.max")),
        less(
            KernelFile.number(group.resolve("memory.current")),
            KernelFile.field(group.resolve("memory.stat"), "inactive_file")),
        positiveRatio(KernelFile.word(quota, 0), KernelFile.word(quota, 1)),
        times(KernelFile.field(group.resolve("cpu.stat"), "usage_usec"), 1_000),
        KernelFile.number(group.resolve("pids.max")),
        KernelFile.number(group.resolve("pids.current")),
        group);
  }

  private static Cgroup version1(Path group, Path cpuTimes) {
    return new Cgroup(
        KernelFile.number(group.resolve("memory.limit_in_bytes")),
        less(
            KernelFile.number(group.resolve("memory.usage_in_bytes")),
            KernelFile.field(group.resolve("memory.stat"), "total_inactive_file")),
        positiveRatio(
            KernelFile.number(group.resolve("cpu.cfs_quota_us")).orElse(Double.NaN),
            KernelFile.number(group.resolve("cpu.cfs_period_us")).orElse(Double.NaN)),
        KernelFile.number(cpuTimes.resolve("cpuacct.usage")),
        KernelFile.number(group.resolve("pids.max")),
        KernelFile.number(group.resolve("pids.current")),
        group);
  }

  /**
   * Returns the own group and all that enclose it, as far as this container sees them. A path that leads out of the mount
   * ({@code /../..}) is that of a process whose namespace begins below its group: the mount is then all it sees.
   */
  private static List<Path> levels(Path mount, String path) {
    List<Path> levels = new ArrayList<>();
    Path group = mount.resolve(path).normalize();
    Path level = group.startsWith(mount) ? group : mount;
    while (level != null && level.startsWith(mount)) {
      if (Files.isDirectory(level)) {
        levels.add(level);
      }
      level = level.getParent();
    }
    return levels;
  }

  /** Returns the own group's path below the mount; of version 2 with the empty controller. */
  private static String path(Path root, String controller) {
    for (String line : KernelFile.lines(root.resolve(OWN))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && List.of(parts[1].split(",")).contains(controller)) {
        return parts[2].substring(Math.min(1, parts[2].length()));
      }
    }
    return "";
  }

  private static OptionalDouble less(OptionalDouble value, OptionalDouble part) {
    return value.isPresent()
        ? OptionalDouble.of(Math.max(0, value.getAsDouble() - part.orElse(0)))
        : value;
  }

  private static OptionalDouble times(OptionalDouble value, double factor) {
    return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * factor) : value;
  }

  /** A quota of version 1 is -1 when there is none. */
  private static OptionalDouble positiveRatio(double quota, double period) {
    double ratio = quota / period;
    return ratio > 0 && ratio < Double.POSITIVE_INFINITY
        ? OptionalDouble.of(ratio)
        : OptionalDouble.empty();
  }
}
