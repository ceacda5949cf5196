package dev.nines.health.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real control group that a test makes and fills: of version 1 or 2, whichever the kernel has. */
final class ControlGroup implements AutoCloseable {

  private static final Path MOUNT = Path.of("/sys/fs/cgroup");
  private static final String NAME = "nines-test-" + ProcessHandle.current().pid();
  private static final long PERIOD_MICROS = 100_000;

  private final boolean unified = Files.exists(MOUNT.resolve("cgroup.controllers"));

  /** Returns one; empty where this process may make none. */
  static Optional<ControlGroup> make() throws IOException {
    ControlGroup group = new ControlGroup();
    try {
      for (Path directory : group.directories()) {
        Files.createDirectory(directory);
      }
    } catch (IOException e) {
      group.close();
      return Optional.empty(); // an ordinary user, or a container that may not
    }
    if (Files.isWritable(group.memoryLimit()) && Files.isWritable(group.cpuLimit())) {
      return Optional.of(group);
    }
    group.close();
    return Optional.empty();
  }

  void limitMemory(long bytes) throws IOException {
    Files.writeString(memoryLimit(), Long.toString(bytes));
  }

  void limitProcessors(double most) throws IOException {
    long quota = Math.round(most * PERIOD_MICROS);
    Files.writeString(cpuLimit(), unified ? quota + " " + PERIOD_MICROS : Long.toString(quota));
  }

  void add(Process process) throws IOException {
    for (Path directory : directories()) {
      Files.writeString(directory.resolve("cgroup.procs"), Long.toString(process.pid()));
    }
  }

  /** Removes it; nothing may run in it any more. */
  @Override
  public void close() throws IOException {
    for (Path directory : directories()) {
      Files.deleteIfExists(directory);
    }
  }

  private List<Path> directories() {
    return unified
        ? List.of(MOUNT.resolve(NAME))
        : Stream.of("memory", "cpu", "cpuacct")
            .map(controller -> MOUNT.resolve(controller).resolve(NAME))
            .toList();
  }

  private Path memoryLimit() {
    return unified
        ? MOUNT.resolve(NAME).resolve("memory.max")
        : MOUNT.resolve("memory").resolve(NAME).resolve("memory.limit_in_bytes");
  }

  private Path cpuLimit() {
    return unified
        ? MOUNT.resolve(NAME).resolve("cpu.max")
        : MOUNT.resolve("cpu").resolve(NAME).resolve("cpu.cfs_quota_us");
  }
}
