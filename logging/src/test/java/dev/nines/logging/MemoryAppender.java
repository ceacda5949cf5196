package dev.nines.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;

/** An appender for configurations in tests: whatever its encoder writes is kept. */
public final class MemoryAppender extends OutputStreamAppender<ILoggingEvent> {

  private final Lines lines = new Lines();

  @Override
  public void start() {
    setOutputStream(lines);
    super.start();
  }

  static Lines of(Logger logger, String name) {
    return ((MemoryAppender) logger.getAppender(name)).lines;
  }
}
