package dev.nines.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes each event as a JSON line to standard output, on the thread that logs: a line is out when the call returns, so none
 * is lost when the process ends. Lines are encoded before the lock is taken that keeps them apart.
 *
 * <p>Thread-safe once started. A line that the stream refuses is counted in
 * {@code nines_telemetry_dropped_total{signal="logs"}}.
 */
public final class JsonAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private final JsonEncoder encoder = new JsonEncoder();
  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable LogbackSetup setup;

  /** Creates an appender to standard output, as {@code nines.xml} does. */
  public JsonAppender() {
    this(new StandardOutput());
  }

  JsonAppender(OutputStream out) {
    this.out = out;
  }

  @Override
  public void start() {
    setup = LogbackSetup.of(getContext());
    encoder.setContext(getContext());
    encoder.start();
    super.start();
  }

  @Override
  public void stop() {
    super.stop();
    encoder.stop();
  }

  @Override
  public void doAppend(ILoggingEvent event) {
    // Arguments that log in their toString do it now, before Logback guards this appender against
    // re-entry.
    event.getFormattedMessage();
    super.doAppend(event);
  }

  @Override
  protected void append(ILoggingEvent event) {
    byte[] line = encoder.encode(event);
    lock.lock();
    try {
      out.write(line);
      out.flush();
    } catch (IOException e) {
      Objects.requireNonNull(setup).dropped();
      addError("A line could not be written", e);
    } finally {
      lock.unlock();
    }
  }
}
