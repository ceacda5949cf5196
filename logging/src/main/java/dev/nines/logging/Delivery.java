package dev.nines.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.context.Context;
import java.time.Duration;

/**
 * The way of a line from the thread that logs to the writer. What can't change any more is encoded by the writer, the rest
 * before. Below WARN a full buffer drops a line and counts it. At WARN and above there is a reserve; when that is full too,
 * the caller waits for the writer, {@link #WAIT} at most and not for one that is stuck; only then the line is lost, and
 * counted.
 *
 * <p>Thread-safe; never throws.
 */
final class Delivery {

  /** The longest that a thread waits in one call. */
  static final Duration WAIT = Duration.ofSeconds(1);

  /** The longest that {@link #flush} waits: what a graceful shutdown leaves for telemetry. */
  static final Duration FLUSH = Duration.ofSeconds(5);

  private final LogBuffer buffer;
  private final LogWriter writer;
  private final Losses losses;
  private final Progress progress;
  private volatile boolean through;

  Delivery(LogBuffer buffer, LogWriter writer, Losses losses, Progress progress) {
    this.buffer = buffer;
    this.writer = writer;
    this.losses = losses;
    this.progress = progress;
  }

  /** From now on no call returns before its line is written. */
  void writeThrough() {
    through = true;
  }

  /** Writes all that was logged, and from now on each line before its call returns. */
  void prepareForExit() {
    writeThrough();
    writer.hurry();
    flush();
  }

  /** Takes an event of that {@link Fixed#weigh weight}. */
  void take(ILoggingEvent event, int weight) {
    boolean formatted = (weight & Fixed.MESSAGE_MAY_CHANGE) != 0;
    int rest = formatted ? event.getFormattedMessage().length() - Fixed.MESSAGE_MAY_CHANGE : 0;
    event.getThreadName(); // the event asks the current thread, once
    take(new HeldEvent(event, Context.current(), formatted, weight + rest));
  }

  /** Takes what is to be written. */
  void take(Held held) {
    boolean urgent = held.isUrgent();
    long number = buffer.add(held);
    if (number == LogBuffer.FULL && urgent) {
      number = insist(held);
    }
    if (number == LogBuffer.FULL) {
      losses.lost(urgent);
    } else {
      writer.wake(urgent || through || buffer.isHalfFull());
      if (through) {
        awaitWritten(number);
      }
    }
  }

  private long insist(Held held) {
    long[] number = {LogBuffer.FULL};
    if (!writer.isCurrentThread()) {
      progress.awaitUnlessStuck(() -> (number[0] = buffer.add(held)) != LogBuffer.FULL, WAIT);
    }
    return number[0];
  }

  private void awaitWritten(long number) {
    if (!writer.isCurrentThread()) {
      progress.awaitUnlessStuck(() -> buffer.freed() > number, WAIT);
    }
  }

  /** Tells the writer that something was suppressed, of which it will report. */
  void suppressed() {
    writer.wake(false);
  }

  /** Waits until all is written that was logged before, {@link #FLUSH} at most. */
  void flush() {
    long added = buffer.added();
    writer.wake(true);
    if (!writer.isCurrentThread()) {
      progress.await(() -> buffer.freed() >= added && !writer.owes(), FLUSH);
    }
  }

  /** Ends the writer when it has written what is there, or {@link #FLUSH} has passed. */
  void end() {
    flush();
    writer.end();
    progress.await(writer::hasEnded, FLUSH);
  }
}
