package dev.nines.lifecycle;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The order in which an instance stops, so that no request is lost and no telemetry of it:
 *
 * <ol>
 *   <li>unready at once, while requests are still answered;
 *   <li>the pre-stop wait, in which balancers see it; left out if the instance never was ready;
 *   <li>new requests are refused, those under way finish, up to the drain's limit;
 *   <li>what requests needed is closed, then telemetry, then what the platform still asks: see {@link CloseStage}.
 * </ol>
 *
 * <p>All of it ends {@link ShutdownTimings#MARGIN} before the grace does: a closeable gets its fair share of what is
 * left, then it is interrupted, reported and left behind. Failures are reported and stop nothing.
 *
 * <p>Thread-safe. {@link #close} may be called from anywhere and as often as one likes: the first caller does the work,
 * others wait for it. Interrupting the first caller ends its waiting for balancers and requests, not the closing.
 */
public final class GracefulShutdown implements AutoCloseable {

  private final Lifecycle lifecycle;
  private final ShutdownTimings timings;
  private final LongSupplier active;
  private final TimeSource time;
  private final EventBus events;
  private final Closeables closeables;
  private final Thread hook = new Thread(this::close, "nines-shutdown");
  private final AtomicReference<@Nullable Drain> drain = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> closer = new AtomicReference<>();
  private final CountDownLatch over = new CountDownLatch(1);

  /** Who drains, since when, and whether it is over. */
  private record Drain(Thread thread, long start, CountDownLatch over) {}

  /** A shutdown of {@code lifecycle} that waits until {@code active}, the number of requests under way, is 0. */
  public GracefulShutdown(
      Lifecycle lifecycle,
      ShutdownTimings timings,
      LongSupplier active,
      TimeSource time,
      EventBus events) {
    this.lifecycle = lifecycle;
    this.timings = timings;
    this.active = active;
    this.time = time;
    this.events = events;
    this.closeables = new Closeables(time, events);
  }

  /**
   * Closes something at that stage; within one, the last registered goes first. What comes after its stage is closed at
   * once.
   *
   * @throws IllegalStateException if its stage is over
   */
  public void onClose(CloseStage stage, String name, AutoCloseable closeable) {
    closeables.add(stage, name, closeable);
  }

  /**
   * Also closes when the JVM ends, by SIGTERM, Ctrl-C or {@link System#exit}. The hook goes when the instance closes, so
   * that nothing of it stays behind in a JVM that lives on. Several instances have a hook each, and close side by side.
   *
   * @throws IllegalStateException if the JVM is ending already; then this has closed
   */
  public void closeOnJvmExit() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException ending) {
      close();
      throw new IllegalStateException("start: the JVM is ending (expected: a running one)", ending);
    }
  }

  @Override
  public void close() {
    Thread caller = Thread.currentThread();
    if (closer.compareAndSet(null, caller)) {
      try {
        shutDown();
      } finally {
        over.countDown();
        withdrawHook();
      }
    } else if (caller != closer.get() && !closeables.isClosing(caller)) {
      awaitOver();
    }
  }

  /**
   * Does the first three steps, and leaves the closing to {@link #close}, whose grace counts from here: for a container that
   * stops more in between. May be called again; who comes second waits.
   */
  public void drain() {
    Patience patience = new Patience(time);
    drain(patience);
    patience.passInterruptOn();
  }

  private void shutDown() {
    Patience patience = new Patience(time);
    Drain drain = drain(patience);
    closeAll(patience, drain.start + timings.atMost().toNanos());
    patience.passInterruptOn();
  }

  private Drain drain(Patience patience) {
    Drain ours = new Drain(Thread.currentThread(), time.nanos(), new CountDownLatch(1));
    Drain theirs = drain.compareAndExchange(null, ours);
    if (theirs == null) {
      drain(patience, ours);
      return ours;
    }
    if (theirs.thread != ours.thread) { // a listener may close on the thread that drains
      patience.await(
          () -> theirs.over.getCount() == 0, theirs.start + timings.atMost().toNanos());
    }
    return theirs;
  }

  private void drain(Patience patience, Drain ours) {
    try {
      boolean everReady = lifecycle.state() == Lifecycle.State.READY;
      lifecycle.advance(Lifecycle.State.DRAINING);
      if (everReady) {
        patience.await(() -> false, ours.start + timings.preStop().toNanos());
      }
      lifecycle.refuse();
      awaitRequests(patience);
    } finally {
      ours.over.countDown();
    }
  }

  private void awaitRequests(Patience patience) {
    if (!patience.await(() -> inFlight() == 0, time.nanos() + timings.drain().toNanos())) {
      events.publish(new Event(
          "shutdown_drain_limit",
          System.Logger.Level.WARNING,
          "Requests were still under way when the drain ended",
          Map.of("in_flight", inFlight(), "drain_seconds", Lifecycle.seconds(timings.drain()))));
    }
  }

  /** Each stage leaves to those after it as much time as it takes itself. */
  private void closeAll(Patience patience, long end) {
    closeables.close(CloseStage.DRAINED, patience, half(end));
    // Told now, since afterwards nobody may be left to write it down.
    lifecycle.advance(Lifecycle.State.STOPPED);
    closeables.close(CloseStage.TELEMETRY, patience, half(end));
    closeables.close(CloseStage.LAST, patience, end);
  }

  private long half(long end) {
    long now = time.nanos();
    return now + (end - now) / 2;
  }

  /** A count that can't be read must not keep the rest from closing. */
  private long inFlight() {
    try {
      return active.getAsLong();
    } catch (RuntimeException e) {
      events.publish(new Event(
          "shutdown_failed",
          System.Logger.Level.WARNING,
          "The number of requests under way could not be read; the drain ends",
          Map.of(),
          e));
      return 0;
    }
  }

  private void withdrawHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The JVM has taken it already, and runs or has run it.
      return;
    }
  }

  private void awaitOver() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
