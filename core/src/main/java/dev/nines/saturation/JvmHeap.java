package dev.nines.saturation;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The heap as the last collection left it. What it holds between two collections is mostly garbage, and rises to any
 * limit by design; what is left after one is what the program needs.
 */
final class JvmHeap {

  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
          .filter(collector ->
              !collector.getName().endsWith("Pauses")) // a pause is no whole collection
          .toList();
  private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
      .filter(pool -> pool.getType() == MemoryType.HEAP)
      .map(MemoryPoolMXBean::getName)
      .collect(Collectors.toUnmodifiableSet());

  /** Returns the bytes in use after the last collection against the most that the heap may take; empty before the first. */
  Optional<Usage> afterCollection() {
    long most = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
    return most <= 0 ? Optional.empty() : last().map(info -> new Usage(used(info), most));
  }

  private Optional<GcInfo> last() {
    return collectors.stream()
        .map(GarbageCollectorMXBean::getLastGcInfo)
        .filter(Objects::nonNull)
        .max(Comparator.comparingLong(GcInfo::getEndTime));
  }

  private double used(GcInfo info) {
    return info.getMemoryUsageAfterGc().entrySet().stream()
        .filter(pool -> heapPools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}
