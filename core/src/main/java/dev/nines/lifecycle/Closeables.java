package dev.nines.lifecycle;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What is closed at which stage. Each is closed on a thread of its own, so that one that hangs can be left behind. */
final class Closeables {

  /** For what is registered too late: enough for a pool, short enough for a start that fails anyway. */
  private static final Duration LATE = Duration.ofSeconds(2);

  private record Named(String name, AutoCloseable closeable) {}

  private final TimeSource time;
  private final EventBus events;
  private final Map<CloseStage, Deque<Named>> open = new EnumMap<>(CloseStage.class);
  private volatile @Nullable Thread closing;

  Closeables(TimeSource time, EventBus events) {
    this.time = time;
    this.events = events;
    for (CloseStage stage : CloseStage.values()) {
      open.put(stage, new ArrayDeque<>());
    }
  }

  void add(CloseStage stage, String name, AutoCloseable closeable) {
    Named named = new Named(name, closeable);
    if (!keep(stage, named)) {
      Patience patience = new Patience(time);
      close(stage, named, patience, time.nanos() + LATE.toNanos());
      patience.passInterruptOn();
      throw new IllegalStateException("onClose: " + name + " after stage " + stage
          + " (expected: while the instance starts or runs); it was closed at once");
    }
  }

  /** Closes what belongs to the stage, by the deadline; each gets an equal share of the time that is left. */
  void close(CloseStage stage, Patience patience, long deadline) {
    Deque<Named> lastFirst = take(stage);
    while (!lastFirst.isEmpty()) {
      long now = time.nanos();
      long share = Math.max(0, deadline - now) / lastFirst.size();
      close(stage, lastFirst.pop(), patience, now + share);
    }
  }

  boolean isClosing(Thread thread) {
    return thread == closing;
  }

  private synchronized boolean keep(CloseStage stage, Named named) {
    Deque<Named> lastFirst = open.get(stage);
    if (lastFirst == null) {
      return false;
    }
    lastFirst.push(named);
    return true;
  }

  private synchronized Deque<Named> take(CloseStage stage) {
    Deque<Named> lastFirst = open.remove(stage);
    return lastFirst == null ? new ArrayDeque<>() : lastFirst;
  }

  private void close(CloseStage stage, Named named, Patience patience, long deadline) {
    FutureTask<Void> task = new FutureTask<>(() -> {
      named.closeable.close();
      return null;
    });
    Thread thread = new Thread(task, "nines-close-" + named.name);
    thread.setDaemon(true);
    closing = thread;
    start(thread, task);
    if (patience.awaitStubbornly(task::isDone, deadline)) {
      reportFailure(stage, named.name, task);
    } else {
      task.cancel(true);
      report(
          "shutdown_close_hung",
          "did not close in time and was left behind",
          stage,
          named.name,
          null);
    }
  }

  private static void start(Thread thread, Runnable task) {
    try {
      thread.start();
    } catch (OutOfMemoryError noMoreThreads) {
      // A machine out of threads may be why we stop; unbounded is then better than not at all.
      task.run();
    }
  }

  private void reportFailure(CloseStage stage, String name, FutureTask<Void> task) {
    try {
      task.get();
    } catch (ExecutionException e) {
      report("shutdown_close_failed", "failed to close", stage, name, e.getCause());
    } catch (InterruptedException e) {
      // It is done, so this is an interrupt of ours that came late.
      Thread.currentThread().interrupt();
    }
  }

  private void report(
      String type, String what, CloseStage stage, String name, @Nullable Throwable cause) {
    events.publish(new Event(
        type,
        System.Logger.Level.WARNING,
        name + " " + what,
        Map.of("closeable", name, "stage", stage.name()),
        cause));
  }
}
