package dev.nines.saturation;

import dev.nines.time.TimeSource;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Turns the collectors' own counters into the share of time in which the program stood still for them. Thread-safe. */
public final class PauseMeter {

  /** Pauses are counted in whole milliseconds; over less time than this, one of them would weigh too much. */
  private static final long LEAST_INTERVAL = Duration.ofSeconds(1).toNanos();

  private static final double NANOS_PER_SECOND = LEAST_INTERVAL;

  private final LongSupplier pausedMillis;
  private final TimeSource time;
  private long lastNanos;
  private long lastPausedMillis;
  private Optional<Usage> usage = Optional.empty();

  /** Measures from now on, what {@code pausedMillis} counts since the start of the process. */
  public PauseMeter(LongSupplier pausedMillis, TimeSource time) {
    this.pausedMillis = pausedMillis;
    this.time = time;
    this.lastNanos = time.nanos();
    this.lastPausedMillis = pausedMillis.getAsLong();
  }

  /**
   * Counts the pauses of this process since its start. Collectors that work beside the program also report how long they
   * did ({@code ZGC Cycles}, {@code Shenandoah Cycles}), during which nobody waited; {@code G1 Concurrent GC} reports the
   * pauses of its cycles alone, which count.
   */
  public static LongSupplier ofThisProcess() {
    List<GarbageCollectorMXBean> pausing = ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !collector.getName().endsWith("Cycles"))
        .toList();
    return () -> pausing.stream()
        .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
        .sum();
  }

  /** Returns the seconds of pause in those since the last value, at least one; empty until the first has passed. */
  public synchronized Optional<Usage> usage() {
    long now = time.nanos();
    if (now - lastNanos >= LEAST_INTERVAL) {
      long paused = pausedMillis.getAsLong();
      double seconds = TimeUnit.MILLISECONDS.toNanos(paused - lastPausedMillis) / NANOS_PER_SECOND;
      usage = Optional.of(new Usage(seconds, (now - lastNanos) / NANOS_PER_SECOND));
      lastNanos = now;
      lastPausedMillis = paused;
    }
    return usage;
  }
}
