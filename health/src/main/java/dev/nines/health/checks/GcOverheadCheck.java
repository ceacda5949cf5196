package dev.nines.health.checks;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.dependency.LocalCheck;
import dev.nines.time.TimeSource;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** See {@link ProcessChecks#gcOverhead}. */
final class GcOverheadCheck implements LocalCheck {

  /** Pauses are counted in whole milliseconds; over less time than this, one of them would weigh too much. */
  private static final long LEAST_NANOS = Duration.ofSeconds(1).toNanos();

  private final TargetShare target;
  private final LongSupplier pausedMillis;
  private final TimeSource time;

  // Guarded by this.
  private long lastNanos;
  private long lastPausedMillis;
  private double share;

  GcOverheadCheck(TargetShare target, LongSupplier pausedMillis, TimeSource time) {
    this.target = target;
    this.pausedMillis = pausedMillis;
    this.time = time;
    this.lastNanos = time.nanos();
    this.lastPausedMillis = pausedMillis.getAsLong();
  }

  /**
   * Counts the pauses of this process since its start. The collectors that work beside the program also report how long
   * they did ({@code ZGC Cycles}, {@code Shenandoah Cycles}), during which nobody waited.
   */
  static LongSupplier pausesOfThisProcess() {
    List<GarbageCollectorMXBean> pausing = ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !collector.getName().endsWith("Cycles"))
        .toList();
    return () -> pausing.stream()
        .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
        .sum();
  }

  @Override
  public synchronized CheckResult run(CheckRun run) {
    long nanos = time.nanos();
    if (nanos - lastNanos >= LEAST_NANOS) {
      long paused = pausedMillis.getAsLong();
      share =
          (double) TimeUnit.MILLISECONDS.toNanos(paused - lastPausedMillis) / (nanos - lastNanos);
      lastNanos = nanos;
      lastPausedMillis = paused;
    }
    return target.judge(share);
  }
}
