package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.event.KeyValuePair;

/** Tells in the log itself, once a second, what is missing there: lines that were lost, and storms. For the writer, but where it
 * says otherwise. */
final class Reports {

  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final LoggerContext logback;
  private final TimeSource time;
  private final Losses losses;
  private final Storms storms;
  private long lastNanos;
  private Instant lastTold;
  private volatile long told;
  private long toldUrgent;

  Reports(LoggerContext logback, TimeSource time, Losses losses, Storms storms) {
    this.logback = logback;
    this.time = time;
    this.losses = losses;
    this.storms = storms;
    this.lastNanos = time.nanos();
    this.lastTold = time.now();
  }

  /** Returns whether there is something to tell, perhaps not yet; for any thread. */
  boolean arePending() {
    return storms.arePending() || losses.all() != told;
  }

  /** Returns whether it is time to tell. */
  boolean areDue() {
    return arePending() && time.nanos() - lastNanos >= INTERVAL_NANOS;
  }

  /** Hands out what there is to tell. */
  void drainTo(Consumer<LoggingEvent> reader) {
    lastNanos = time.nanos();
    lost(reader);
    storms.drainTo(storm -> reader.accept(suppressed(storm)));
  }

  private void lost(Consumer<LoggingEvent> reader) {
    long urgent = losses.urgent() - toldUrgent;
    long lost = losses.all() - told;
    toldUrgent += urgent;
    told = told + lost; // one thread writes it
    if (lost > 0) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("lost", lost);
      fields.put("lost_warnings", urgent);
      fields.put("since", lastTold);
      lastTold = time.now();
      Level level = urgent > 0 ? Level.ERROR : Level.WARN;
      String message = "Lines were lost: " + lost + ", of WARN and above: " + urgent
          + "; they came faster than the output took them, or it failed";
      reader.accept(event(EventLog.LOGGER, level, message, new Report("log_lines_lost", fields)));
    }
  }

  private LoggingEvent suppressed(Storm storm) {
    Map<String, Object> fields = new LinkedHashMap<>();
    long count = storm.takeSuppressed();
    fields.put("suppressed", count);
    fields.put("since", Instant.ofEpochMilli(storm.suppressedSince()));
    fields.put("template", storm.template());
    if (storm.thrown() != null) {
      fields.put("thrown", storm.thrown());
    }
    String message = "Lines like this were suppressed: " + count + "; " + storm.template();
    return event(
        storm.logger(), Level.toLevel(storm.level()), message, new Report("log_storm", fields));
  }

  private LoggingEvent event(String logger, Level level, String message, Report report) {
    Logger speaker = logback.getLogger(logger);
    LoggingEvent event =
        new LoggingEvent(Reports.class.getName(), speaker, level, message, null, null);
    event.addKeyValuePair(new KeyValuePair(LineFields.KEY, report));
    return event;
  }
}
