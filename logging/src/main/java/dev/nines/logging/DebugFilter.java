package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.nines.request.Exchange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Takes lines out of Logback's way before their level refuses them. A logger within a request says that DEBUG is on, so that
 * callers who ask first make their lines.
 *
 * <p>Thread-safe.
 */
final class DebugFilter extends TurboFilter implements LoggerContextListener {

  private static final String CALLER = DebugFilter.class.getName();

  private final DebugLines lines;

  DebugFilter(DebugLines lines) {
    this.lines = lines;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    Exchange exchange = lines.holder(logger, level);
    if (exchange == null) {
      return FilterReply.NEUTRAL;
    }
    if (format == null && arguments == null && thrown == null) {
      return FilterReply.ACCEPT; // somebody asks whether the level is on
    }
    lines.hold(exchange, logger, () -> event(logger, level, marker, format, arguments, thrown));
    return FilterReply.DENY;
  }

  private static LoggingEvent event(
      Logger logger,
      Level level,
      @Nullable Marker marker,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    LoggingEvent event = new LoggingEvent(CALLER, logger, level, format, thrown, arguments);
    if (marker != null) {
      event.addMarker(marker);
    }
    return event;
  }

  @Override
  public boolean isResetResistant() {
    return true;
  }

  /** Comes back: a reset, as after a change of {@code logback.xml}, takes all filters away. */
  @Override
  public void onReset(LoggerContext logback) {
    logback.addTurboFilter(this);
  }

  @Override
  public void onStart(LoggerContext logback) {}

  @Override
  public void onStop(LoggerContext logback) {}

  @Override
  public void onLevelChange(Logger logger, Level level) {}

  /** Decides on what came through SLF4J's fluent calls. */
  @Override
  public FilterReply decide(Logger logger, org.slf4j.event.LoggingEvent fluent) {
    Level level = Level.convertAnSLF4JLevel(fluent.getLevel());
    Exchange exchange = lines.holder(logger, level);
    if (exchange == null) {
      return FilterReply.NEUTRAL;
    }
    lines.hold(exchange, logger, () -> event(logger, level, fluent));
    return FilterReply.DENY;
  }

  private static LoggingEvent event(
      Logger logger, Level level, org.slf4j.event.LoggingEvent fluent) {
    LoggingEvent event = new LoggingEvent(
        CALLER,
        logger,
        level,
        fluent.getMessage(),
        fluent.getThrowable(),
        fluent.getArgumentArray());
    List<Marker> markers = fluent.getMarkers();
    if (markers != null) {
      markers.forEach(event::addMarker);
    }
    List<KeyValuePair> pairs = fluent.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(event::addKeyValuePair);
    }
    return event;
  }
}
