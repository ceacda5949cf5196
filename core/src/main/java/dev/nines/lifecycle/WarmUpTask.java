package dev.nines.lifecycle;

import dev.nines.targets.Durations;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One task that warms an instance up before it is ready, on a thread of its own. At its limit it is abandoned: interrupted,
 * told, counted, and left to itself. If it still succeeds afterwards, that is told too.
 *
 * <p>Thread-safe.
 */
public final class WarmUpTask {

  /** Where a task stands. */
  public enum State {
    /** It has not begun. */
    WAITING,
    /** It runs, within its limit. */
    RUNNING,
    /** It succeeded, in time or after all. */
    DONE,
    /** It threw, within its limit. */
    FAILED,
    /** It was not over at its limit, and has not succeeded since. */
    ABANDONED
  }

  /** What has happened to a task; the last may follow the third. */
  public enum Outcome {
    /** It succeeded in time. */
    DONE,
    /** It threw, within its limit. */
    FAILED,
    /** It was not over at its limit. */
    ABANDONED,
    /** It succeeded after it was abandoned. */
    DONE_LATE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name in labels and events: {@code done_late}. */
    public String label() {
      return label;
    }
  }

  /**
   * Where it stands, and why. Immutable, replaced as a whole.
   *
   * @param state where
   * @param took how long it ran until then; zero before
   * @param failure what it threw; null unless it failed
   */
  private record Progress(
      State state, Duration took, @Nullable Throwable failure) {}

  private final String name;
  private final Duration limit;
  private final boolean required;
  private final TimeSource time;
  private final EventBus events;
  private final AtomicReference<Progress> progress =
      new AtomicReference<>(new Progress(State.WAITING, Duration.ZERO, null));
  private final AtomicIntegerArray outcomes = new AtomicIntegerArray(Outcome.values().length);
  private volatile long begun;
  private volatile long deadline;
  private volatile @Nullable Thread thread;
  private volatile boolean told;

  WarmUpTask(String name, Duration limit, boolean required, TimeSource time, EventBus events) {
    this.name = name;
    this.limit = limit;
    this.required = required;
    this.time = time;
    this.events = events;
  }

  public String name() {
    return name;
  }

  public State state() {
    return progress.get().state;
  }

  /** Returns how long it ran, until it ended or was abandoned; zero before. */
  public Duration took() {
    return progress.get().took;
  }

  /** Returns how often that has happened to it: 0 or 1. */
  int count(Outcome outcome) {
    return outcomes.get(outcome.ordinal());
  }

  /** Returns what became of it, for logs and the authorized. */
  public String message() {
    Progress now = progress.get();
    return switch (now.state) {
      case WAITING -> "has not begun";
      case RUNNING -> "runs";
      case DONE -> "done after " + Durations.format(rounded(now.took));
      case FAILED -> "failed after " + Durations.format(rounded(now.took)) + ": " + now.failure;
      case ABANDONED -> "abandoned after " + Durations.format(rounded(now.took));
    };
  }

  /** Returns whether the instance may not start without it. */
  boolean required() {
    return required;
  }

  @Nullable
  Throwable failure() {
    return progress.get().failure;
  }

  /** Begins; its own limit holds, but not beyond {@code latest}. */
  void start(Callable<?> body, long latest) {
    begun = time.nanos();
    long own = begun + limit.toNanos();
    deadline = own - latest < 0 ? own : latest;
    progress.set(new Progress(State.RUNNING, Duration.ZERO, null));
    Thread runner = new Thread(() -> run(body), "nines-warmup-" + name);
    runner.setDaemon(true);
    thread = runner;
    runner.start();
  }

  /** Abandons it if its time is over; returns whether it still runs, or has not told yet how it ended. */
  boolean runs() {
    boolean over = time.nanos() - deadline >= 0;
    if (over && state() == State.RUNNING) {
      abandon();
    }
    return state() == State.RUNNING || !told && !over;
  }

  /** Leaves it to itself, if it still runs. */
  void abandon() {
    Progress now = progress.get();
    Duration took = sinceBegin();
    if (now.state == State.RUNNING
        && progress.compareAndSet(now, new Progress(State.ABANDONED, took, null))) {
      Thread runner = thread;
      if (runner != null) {
        runner.interrupt();
      }
      tell(Outcome.ABANDONED, "was not over after " + text(took) + " and is abandoned", null);
    }
  }

  private void run(Callable<?> body) {
    try {
      body.call();
      succeeded(sinceBegin());
    } catch (Throwable e) {
      // Errors too: a task that misses a class has failed, and nobody else would ever say so.
      failed(sinceBegin(), e);
    }
  }

  private void succeeded(Duration took) {
    State before = progress.getAndSet(new Progress(State.DONE, took, null)).state;
    if (before == State.ABANDONED) {
      tell(Outcome.DONE_LATE, "is done after all, after " + text(took), null);
    } else {
      tell(Outcome.DONE, "is done after " + text(took), null);
    }
  }

  private void failed(Duration took, Throwable failure) {
    Progress now = progress.get();
    // What it throws once it is abandoned is most likely our interrupt, and no news.
    if (now.state == State.RUNNING
        && progress.compareAndSet(now, new Progress(State.FAILED, took, failure))) {
      tell(Outcome.FAILED, "failed after " + text(took), failure);
    }
  }

  private void tell(Outcome outcome, String what, @Nullable Throwable cause) {
    outcomes.incrementAndGet(outcome.ordinal());
    boolean well = outcome == Outcome.DONE || outcome == Outcome.DONE_LATE;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", name);
    fields.put("seconds", Lifecycle.seconds(took()));
    fields.put("limit_seconds", Lifecycle.seconds(limit));
    fields.put("required", required);
    events.publish(new Event(
        "warmup_" + outcome.label,
        well
            ? System.Logger.Level.INFO
            : required ? System.Logger.Level.ERROR : System.Logger.Level.WARNING,
        "Warm-up " + name + " " + what,
        fields,
        cause));
    told = true;
  }

  private Duration sinceBegin() {
    return Duration.ofNanos(time.nanos() - begun);
  }

  private static String text(Duration took) {
    return Durations.format(rounded(took));
  }

  private static Duration rounded(Duration took) {
    return Duration.ofMillis(took.toMillis());
  }
}
