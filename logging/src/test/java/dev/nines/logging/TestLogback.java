package dev.nines.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.nines.time.TimeSource;
import java.io.OutputStream;

/** A Logback of a test's own, with our appender and nothing else. */
final class TestLogback implements AutoCloseable {

  final LoggerContext context = new LoggerContext();
  final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  final JsonAppender appender;

  TestLogback(OutputStream out) {
    this(new JsonAppender(out));
  }

  TestLogback(OutputStream out, TimeSource time) {
    this(new JsonAppender(out, time));
  }

  static TestLogback synchronous(OutputStream out) {
    JsonAppender appender = new JsonAppender(out);
    appender.setSynchronous(true);
    return new TestLogback(appender);
  }

  private TestLogback(JsonAppender appender) {
    this.appender = appender;
    context.setMDCAdapter(mdc);
    appender.setContext(context);
    appender.start();
    logger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  Logger logger(String name) {
    return context.getLogger(name);
  }

  LogbackSetup setup() {
    return LogbackSetup.of(context);
  }

  @Override
  public void close() {
    appender.stop();
  }
}
