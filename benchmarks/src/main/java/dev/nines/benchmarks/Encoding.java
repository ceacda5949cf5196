package dev.nines.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import net.logstash.logback.encoder.CompositeJsonEncoder;
import org.slf4j.LoggerFactory;

/**
 * Lines that are encoded by the thread that logs and thrown away, so that encoders compare: none makes an array of a line, as
 * Logback's appenders would let them, and as our own does not.
 */
public final class Encoding implements AutoCloseable {

  private final LoggerContext context;

  private Encoding(LoggerContext context) {
    this.context = context;
  }

  /** Encodes all that is logged from now on by this one. */
  public static Encoding by(CompositeJsonEncoder<ILoggingEvent> json) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    json.setContext(context);
    json.start();
    OutputStream nowhere = OutputStream.nullOutputStream();
    OutputStreamAppender<ILoggingEvent> sink = new OutputStreamAppender<>() {
      @Override
      protected void append(ILoggingEvent event) {
        try {
          json.encode(event, nowhere);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
    sink.setContext(context);
    sink.setEncoder(json);
    sink.setOutputStream(nowhere);
    sink.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(sink);
    return new Encoding(context);
  }

  /** Returns the logger of that name. */
  public Logger logger(String name) {
    return context.getLogger(name);
  }

  @Override
  public void close() {
    context.stop();
  }
}
