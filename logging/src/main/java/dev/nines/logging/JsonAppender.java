package dev.nines.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.ReentryGuard;
import ch.qos.logback.core.util.ReentryGuardFactory;
import dev.nines.time.TimeSource;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes each event as a JSON line to standard output, on a thread of its own: a call returns when its line is in a bounded
 * buffer (8192 lines, 24 MiB), and no output, however slow or broken, stops those who log.
 *
 * <ul>
 *   <li>When the buffer is full, lines below WARN are dropped. WARN and above has the last quarter to itself, and then waits
 *       for the writer, a second at most and not for one that is stuck.
 *   <li>When the stream fails, it is tried again for a second; then lines below WARN are dropped, the others kept (4 MiB)
 *       until it works again.
 *   <li>Each line that is dropped is counted in {@code nines_telemetry_dropped_total{signal="logs"}}, and once a second the
 *       log tells how many, in an event {@code log_lines_lost}.
 *   <li>The same message of the same logger, at WARN and above, is limited; see {@link JsonLogging#stormLimit}.
 *   <li>All is written before {@link #stop()} returns, and before the process ends by {@code System.exit}, SIGTERM or the end
 *       of its last thread: from the moment when the shutdown begins, a call returns only when its line is out.
 * </ul>
 *
 * <p>Thread-safe once started.
 */
public final class JsonAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private final JsonEncoder encoder = new JsonEncoder();
  private final OutputStream out;
  private final TimeSource time;
  private final ReentryGuard guard =
      ReentryGuardFactory.makeGuard(ReentryGuardFactory.GuardType.THREAD_LOCAL);
  private @Nullable LogbackSetup setup;
  private @Nullable Storms storms;
  private @Nullable ExitHook hook;
  private volatile @Nullable Delivery delivery;
  private boolean synchronous;

  /** Creates an appender to standard output, as {@code nines.xml} does. */
  public JsonAppender() {
    this(new StandardOutput(), TimeSource.system());
  }

  JsonAppender(OutputStream out) {
    this(out, TimeSource.system());
  }

  JsonAppender(OutputStream out, TimeSource time) {
    this.out = out;
    this.time = time;
  }

  /** Sets whether each call returns only when its line is out; off by default. Before the start. */
  public void setSynchronous(boolean on) {
    synchronous = on;
  }

  /** Lays lines out so, whatever {@link JsonLogging} says; see {@link JsonEncoder#setLayout}. Before the start. */
  public void setLayout(String name) {
    encoder.setLayout(name);
  }

  @Override
  public void start() {
    if (isStarted()) {
      return;
    }
    encoder.setContext(getContext());
    encoder.start();
    LogbackSetup shared = LogbackSetup.of(getContext());
    setup = shared;
    storms = new Storms(shared);
    Delivery fresh = delivery(shared, storms);
    if (synchronous) {
      fresh.writeThrough();
    }
    delivery = fresh;
    shared.opened(fresh);
    hook = ExitHook.of(fresh);
    super.start();
  }

  private Delivery delivery(LogbackSetup shared, Storms limits) {
    LogBuffer buffer = new LogBuffer();
    Losses losses = new Losses(shared);
    Progress progress = new Progress(time);
    Reports reports = new Reports((LoggerContext) getContext(), time, losses, limits);
    LogWriter writer = new LogWriter(
        buffer, encoder, pause -> new LogSink(out, time, losses, pause), reports, losses, progress);
    writer.start();
    return new Delivery(buffer, writer, losses, progress);
  }

  /** Writes what is left, for five seconds at most, and ends. */
  @Override
  public void stop() {
    Delivery last = delivery;
    if (!isStarted() || last == null) {
      return;
    }
    super.stop();
    last.end();
    Objects.requireNonNull(setup).closed(last);
    Objects.requireNonNull(hook).remove();
    encoder.stop();
  }

  @Override
  public void doAppend(ILoggingEvent event) {
    Delivery open = delivery;
    if (!isStarted() || open == null) {
      super.doAppend(event); // which says so, now and then
    } else if (getFilterChainDecision(event) != FilterReply.DENY) {
      deliver(event, open);
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    deliver(event, Objects.requireNonNull(delivery));
  }

  private void deliver(ILoggingEvent event, Delivery open) {
    try {
      int weight = weigh(event);
      if (!Objects.requireNonNull(storms).admit(event)) {
        open.suppressed();
      } else if (weight >= 0) {
        open.take(event, weight);
      } else {
        encode(event, open);
      }
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      Objects.requireNonNull(setup).dropped();
      addError("A line could not be made", e);
    }
  }

  private static int weigh(ILoggingEvent event) {
    try {
      return Fixed.weigh(event);
    } catch (RuntimeException e) { // a broken event; the encoder's line of last resort says why
      return Fixed.NOT;
    }
  }

  private void encode(ILoggingEvent event, Delivery open) {
    // Arguments that log in their toString do it now, before the guard.
    event.getFormattedMessage();
    if (!guard.isLocked()) {
      guard.lock();
      try {
        open.take(new HeldLine(encoder.encode(event), LogWriter.isUrgent(event)));
      } finally {
        guard.unlock();
      }
    }
  }
}
