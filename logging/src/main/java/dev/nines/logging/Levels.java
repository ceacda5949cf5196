package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Levels that were changed for a while, and go back by themselves: a DEBUG that was forgotten fills disks.
 *
 * <p>Thread-safe.
 */
final class Levels implements AutoCloseable {

  /** Each is remembered, and each was typed by somebody. */
  static final int MOST = 100;

  private static final Duration LOOKING = Duration.ofMillis(500);

  private final LoggerContext logback;
  private final TimeSource time;
  private final EventBus events;
  private final Map<String, Temporary> temporary = new TreeMap<>();
  private @Nullable ScheduledExecutorService thread;
  private @Nullable ScheduledFuture<?> looking;

  Levels(LoggerContext logback, TimeSource time, EventBus events) {
    this.logback = logback;
    this.time = time;
    this.events = events;
  }

  /**
   * Sets a logger's level for a while. Set again before its time, it stays as it is set last, and returns to what it was at
   * first.
   *
   * @throws IllegalArgumentException if too many levels are changed already
   */
  synchronized Configured set(String name, Level level, Duration length) {
    Temporary earlier = temporary.get(name);
    if (earlier == null && temporary.size() >= MOST) {
      throw new IllegalArgumentException("logger: " + name + " (expected: at most " + MOST
          + " levels changed at once; let one return first)");
    }
    Logger logger = logback.getLogger(name);
    Temporary changed = new Temporary(
        name,
        level,
        earlier == null ? logger.getLevel() : earlier.before(),
        time.now().plus(length),
        time.nanos() + length.toNanos());
    logger.setLevel(level);
    temporary.put(name, changed);
    look();
    tell("log_level_changed", name + " logs at " + level + " until " + changed.until(), changed);
    return new Configured(level, changed);
  }

  /** Lets a level return now; whether it was changed at all. */
  synchronized boolean giveBack(String name) {
    Temporary changed = temporary.remove(name);
    if (changed == null) {
      return false;
    }
    Logger logger = logback.getLogger(name);
    if (changed.level().equals(logger.getLevel())) { // else somebody set it since, by other means
      logger.setLevel(changed.before());
    }
    if (temporary.isEmpty() && looking != null) {
      looking.cancel(false);
      looking = null;
    }
    tell("log_level_returned", name + " logs at " + logger.getEffectiveLevel() + " again", changed);
    return true;
  }

  /** Returns the levels that are set, by logger, and what of them is temporary. */
  synchronized Map<String, Configured> configured() {
    Map<String, Configured> all = new TreeMap<>();
    for (Logger logger : logback.getLoggerList()) {
      if (logger.getLevel() != null) {
        all.put(
            logger.getName(), new Configured(logger.getLevel(), temporary.get(logger.getName())));
      }
    }
    return all;
  }

  private void look() {
    if (thread == null) {
      thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "nines-log-levels");
        daemon.setDaemon(true);
        return daemon;
      });
    }
    if (looking == null) {
      looking = thread.scheduleWithFixedDelay(
          this::giveBackDue, LOOKING.toNanos(), LOOKING.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private synchronized void giveBackDue() {
    long now = time.nanos();
    List.copyOf(temporary.values()).stream()
        .filter(changed -> changed.due() - now <= 0)
        .forEach(changed -> giveBack(changed.logger()));
  }

  private void tell(String type, String message, Temporary changed) {
    events.publish(new Event(
        type,
        System.Logger.Level.INFO,
        message,
        Map.of("log_logger", changed.logger(), "log_level", changed.level().toString())));
  }

  @Override
  public synchronized void close() {
    List.copyOf(temporary.keySet()).forEach(this::giveBack);
    if (thread != null) {
      thread.shutdownNow();
    }
  }

  /**
   * A level for a while.
   *
   * @param before what it returns to; null is the parent's
   * @param due on the monotonic clock
   */
  record Temporary(String logger, Level level, @Nullable Level before, Instant until, long due) {}

  /** A level that is set, perhaps for a while. */
  record Configured(Level level, @Nullable Temporary temporary) {}
}
