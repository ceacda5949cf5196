package dev.nines.logging;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.ServiceIdentity;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes a line for each event of core's bus. Thread-safe. */
record EventLog(Logger log, ServiceIdentity service) implements Consumer<Event> {

  static final String LOGGER = "nines";

  @Override
  public void accept(Event event) {
    if (event.level() != System.Logger.Level.OFF) {
      LoggingEventBuilder line = log.atLevel(levelOf(event.level()))
          .addKeyValue(LineFields.KEY, new BusEvent(event, service));
      Throwable cause = event.cause();
      if (cause != null) {
        line = line.setCause(cause);
      }
      line.log(event.message());
    }
  }

  private static Level levelOf(System.Logger.Level level) {
    return switch (level) {
      case ALL, TRACE -> Level.TRACE;
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARN;
      case ERROR, OFF -> Level.ERROR;
    };
  }
}
