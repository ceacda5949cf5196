package dev.nines.logging;

import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.spi.LocationAwareLogger;

/**
 * Brings what Nines' core and OpenTelemetry say through {@code java.util.logging}, where {@link System.Logger} ends up,
 * to Logback instead of the console. Other names are the user's to bridge.
 */
final class JulBridge extends Handler {

  private static final List<String> NAMES = List.of("dev.nines", "io.opentelemetry");

  private final LoggerContext logback;
  private final Formatter formatter = new SimpleFormatter();

  /** Held here because java.util.logging holds its loggers weakly, and forgets their handlers with them. */
  private final List<Logger> bridged = NAMES.stream().map(Logger::getLogger).toList();

  private final boolean[] toParents = new boolean[NAMES.size()];

  private JulBridge(LoggerContext logback) {
    this.logback = logback;
  }

  static JulBridge install(LoggerContext logback) {
    JulBridge bridge = new JulBridge(logback);
    bridge.attach();
    return bridge;
  }

  private void attach() {
    for (int at = 0; at < toParents.length; at++) {
      Logger logger = bridged.get(at);
      toParents[at] = logger.getUseParentHandlers();
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }
  }

  void remove() {
    for (int at = 0; at < toParents.length; at++) {
      Logger logger = bridged.get(at);
      logger.removeHandler(this);
      logger.setUseParentHandlers(toParents[at]);
    }
  }

  @Override
  public void publish(LogRecord entry) {
    ch.qos.logback.classic.Logger logger = logback.getLogger(String.valueOf(entry.getLoggerName()));
    logger.log(
        null,
        JulBridge.class.getName(),
        levelOf(entry.getLevel()),
        formatter.formatMessage(entry),
        null,
        entry.getThrown());
  }

  private static int levelOf(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return LocationAwareLogger.ERROR_INT;
    }
    if (value >= Level.WARNING.intValue()) {
      return LocationAwareLogger.WARN_INT;
    }
    if (value >= Level.INFO.intValue()) {
      return LocationAwareLogger.INFO_INT;
    }
    return value >= Level.FINE.intValue()
        ? LocationAwareLogger.DEBUG_INT
        : LocationAwareLogger.TRACE_INT;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
