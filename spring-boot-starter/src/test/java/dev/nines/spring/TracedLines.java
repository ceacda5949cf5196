package dev.nines.spring;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Remembers what was logged, and within which trace. */
final class TracedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  record Line(String logger, String message, String traceId) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  /** Listens to that logger from now on. */
  static TracedLines of(String logger) {
    LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    TracedLines lines = new TracedLines(logback.getLogger(logger));
    lines.setContext(logback);
    lines.start();
    lines.logger.setLevel(ch.qos.logback.classic.Level.INFO);
    lines.logger.addAppender(lines);
    return lines;
  }

  private TracedLines(Logger logger) {
    this.logger = logger;
  }

  List<Line> all() {
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(new Line(
        event.getLoggerName(),
        event.getFormattedMessage(),
        Span.current().getSpanContext().getTraceId()));
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
