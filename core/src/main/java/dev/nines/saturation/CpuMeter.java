package dev.nines.saturation;

import dev.nines.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns counters of processor time into what is used of it, between one reading and the next. Thread-safe. */
final class CpuMeter {

  /** Readings closer together get the same answer: the kernel's ticks are 10 ms, too coarse for less. */
  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

  private final Path root;
  private final TimeSource time;
  private Optional<CpuTimes> last;
  private Optional<Usage> usage = Optional.empty();
  private long lastNanos;

  CpuMeter(Path root, TimeSource time) {
    this.root = root;
    this.time = time;
    this.lastNanos = time.nanos();
    this.last = read(lastNanos);
  }

  synchronized Optional<Usage> usage() {
    long now = time.nanos();
    if (usage.isPresent() && now - lastNanos < LEAST_INTERVAL.toNanos()) {
      return usage;
    }
    Optional<CpuTimes> current = read(now);
    if (current.isEmpty()) {
      return Machine.cpuByBean(processors());
    }
    if (last.isPresent() && current.get().comparable(last.get())) {
      usage = Optional.of(current.get().since(last.get()));
    }
    last = current;
    lastNanos = now;
    return usage;
  }

  private Optional<CpuTimes> read(long now) {
    int processors = processors();
    return Cgroup.narrowestCpu(root)
        .map(group -> times(group, Math.min(group.cpuLimit().getAsDouble(), processors), now))
        .or(() -> Machine.cpu(root, processors));
  }

  private static CpuTimes times(Cgroup group, double processors, long now) {
    Object source = List.of(group.directory(), processors);
    return new CpuTimes(source, group.cpuNanos().getAsDouble(), now * processors, processors);
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }
}
