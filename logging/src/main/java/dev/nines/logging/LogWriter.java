package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that writes: it encodes what the buffer holds and hands it on, many lines at once. While lines come, it
 * takes a short nap after each batch, so that those who log need not wake it: waking costs them more than all the rest.
 */
final class LogWriter implements Runnable {

  private static final int AWAKE = 0;
  private static final int NAPPING = 1;
  private static final int ASLEEP = 2;

  /** How long a line below WARN may wait for others to be written with. */
  private static final long NAP_NANOS = 5_000_000;

  /** How often it looks after reports that aren't due yet, and lines that were kept. */
  private static final long WATCH_NANOS = 100_000_000;

  /** A failing stream is tried again after this. */
  private static final long RETRY_NANOS = 10_000_000;

  /** How long a thread that was paused between its claim and its publication is waited for. */
  private static final long PUBLISH_NANOS = 50_000;

  private final LogBuffer buffer;
  private final JsonEncoder encoder;
  private final LogSink sink;
  private final Reports reports;
  private final Losses losses;
  private final Progress progress;
  private final Batch batch = new Batch();
  private final AtomicInteger state = new AtomicInteger(AWAKE);
  private final Thread thread;
  private volatile boolean ending;
  private volatile boolean owes;
  private volatile boolean hurried;

  LogWriter(
      LogBuffer buffer,
      JsonEncoder encoder,
      SinkFactory sinks,
      Reports reports,
      Losses losses,
      Progress progress) {
    this.buffer = buffer;
    this.encoder = encoder;
    this.sink = sinks.sink(this::pause);
    this.reports = reports;
    this.losses = losses;
    this.progress = progress;
    this.thread = new Thread(this, "nines-log-writer");
    thread.setDaemon(true);
  }

  /** Makes the sink, which pauses as the writer does. */
  interface SinkFactory {
    LogSink sink(LogSink.Pause pause);
  }

  void start() {
    thread.start();
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Ends it once the buffer is empty and what is left was tried once more. */
  void end() {
    ending = true;
    LockSupport.unpark(thread);
  }

  boolean hasEnded() {
    return !thread.isAlive();
  }

  /** Lets reports wait no more, for the process ends. */
  void hurry() {
    hurried = true;
  }

  /** Returns whether there are lines that the stream has refused, or a report that has waited long enough. */
  boolean owes() {
    return owes || hurried && reports.arePending();
  }

  /** Wakes it if it sleeps; from its nap only if {@code now}. */
  void wake(boolean now) {
    int was = state.get();
    if (was != AWAKE && (now || was == ASLEEP) && state.compareAndSet(was, AWAKE)) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    while (!ending || !buffer.isRead()) {
      if (collect()) {
        write();
      } else {
        rest();
      }
    }
    report(true);
    write();
    sink.abandonKept();
  }

  /** Returns whether there is something to write, or to free. */
  private boolean collect() {
    boolean any = false;
    Held held = buffer.read();
    while (held != null) {
      any = true;
      add(held);
      held = batch.isFull() ? null : buffer.read();
    }
    report(hurried);
    return any || batch.lines() > 0;
  }

  private void add(Held held) {
    try {
      if (held instanceof HeldEvent event) {
        encode(event);
      } else {
        batch.write(((HeldLine) held).bytes());
      }
      batch.end(held.isUrgent());
    } catch (Throwable e) { // such as out of memory: the writer must go on
      batch.abandon();
      losses.lost(held.isUrgent());
    }
  }

  private void encode(HeldEvent event) {
    Context context = event.context();
    if (context == Context.root()) {
      encoder.encode(event, batch);
    } else {
      try (Scope ignored = context.makeCurrent()) {
        encoder.encode(event, batch);
      }
    }
  }

  private void report(boolean now) {
    if (now ? reports.arePending() : reports.areDue()) {
      owes = true;
      reports.drainTo(event -> {
        encoder.encode(event, batch);
        batch.end(isUrgent(event));
      });
    }
  }

  static boolean isUrgent(ILoggingEvent event) {
    return event.getLevel().toInt() >= Level.WARN_INT;
  }

  private void write() {
    try {
      if (batch.lines() > 0) {
        sink.write(batch);
      }
    } catch (Throwable e) { // as above
      for (int line = 0; line < batch.lines(); line++) {
        losses.lost(batch.isUrgent(line));
      }
    }
    batch.clear();
    owes = sink.hasKept();
    buffer.free();
    progress.step();
  }

  private boolean pause() {
    LockSupport.parkNanos(this, RETRY_NANOS);
    return !ending;
  }

  private void rest() {
    boolean watchful = owes || reports.arePending();
    park(NAPPING, watchful ? WATCH_NANOS : NAP_NANOS);
    if (owes) {
      sink.writeKept();
      owes = sink.hasKept();
      progress.step();
    } else if (!watchful && buffer.isRead()) {
      park(ASLEEP, Long.MAX_VALUE);
    }
  }

  private void park(int how, long nanos) {
    state.set(how);
    if (!buffer.isRead()) {
      LockSupport.parkNanos(this, PUBLISH_NANOS);
    } else if (!ending && (how != ASLEEP || !reports.arePending())) {
      LockSupport.parkNanos(this, nanos);
    }
    state.set(AWAKE);
  }
}
