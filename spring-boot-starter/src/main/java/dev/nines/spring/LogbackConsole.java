package dev.nines.spring;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import dev.nines.logging.JsonAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Boot's console appender, in whose place ours can write. */
final class LogbackConsole {

  /** As Boot names it. */
  private static final String CONSOLE = "CONSOLE";

  private LogbackConsole() {}

  static boolean isLogback() {
    return LoggerFactory.getILoggerFactory() instanceof LoggerContext;
  }

  /** Replaces it, its filters kept; without one, nothing is written to the console and nothing is replaced. */
  static void replace(@Nullable String layout) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logback) {
      Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
      Appender<ILoggingEvent> console = root.getAppender(CONSOLE);
      if (console != null && !(console instanceof JsonAppender)) {
        root.addAppender(like(console, logback, layout));
        root.detachAppender(console);
        console.stop();
      }
    }
  }

  private static JsonAppender like(
      Appender<ILoggingEvent> console, LoggerContext logback, @Nullable String layout) {
    JsonAppender json = new JsonAppender();
    json.setContext(logback);
    json.setName(CONSOLE);
    if (layout != null) {
      json.setLayout(layout);
    }
    console.getCopyOfAttachedFiltersList().forEach(json::addFilter);
    json.start();
    return json;
  }
}
