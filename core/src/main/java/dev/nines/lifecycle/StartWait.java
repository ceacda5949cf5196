package dev.nines.lifecycle;

import dev.nines.targets.Durations;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Waits for what a start needs, and tells whom it waits for, since when, and how long it will: soon at first, then ever more
 * rarely, so that a long wait doesn't flood the log. Confined to the starting thread.
 */
final class StartWait {

  /** What is waited for, and why it isn't there. */
  record Missing(String name, String why) {}

  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  /** A start that takes less is nothing to be told of. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(1);

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final Lifecycle lifecycle;
  private final TimeSource time;
  private final EventBus events;
  private final long deadline;
  private final Instant since;
  private final long sinceNanos;
  private Duration silence = FIRST_WORD;
  private long nextWord;

  StartWait(Lifecycle lifecycle, TimeSource time, EventBus events, long deadline) {
    this.lifecycle = lifecycle;
    this.time = time;
    this.events = events;
    this.deadline = deadline;
    this.since = time.now();
    this.sinceNanos = time.nanos();
    this.nextWord = sinceNanos + FIRST_WORD.toNanos();
  }

  /**
   * Waits until nothing is missing or the deadline, and returns what is missing then.
   *
   * @throws IllegalStateException if the instance is told to end, or the thread interrupted, before that
   */
  List<Missing> await(Supplier<List<Missing>> look) {
    List<Missing> missing = look.get();
    while (!missing.isEmpty() && time.nanos() - deadline < 0) {
      requireGoingOn(missing);
      if (time.nanos() - nextWord >= 0) {
        tell(missing);
      }
      LockSupport.parkNanos(POLL_NANOS);
      missing = look.get();
    }
    return missing;
  }

  Duration waited() {
    return Duration.ofNanos(time.nanos() - sinceNanos);
  }

  static String names(List<Missing> missing) {
    return missing.stream().map(Missing::name).collect(Collectors.joining(", "));
  }

  static String reasons(List<Missing> missing) {
    return missing.stream().map(m -> m.name + ": " + m.why).collect(Collectors.joining("; "));
  }

  private void requireGoingOn(List<Missing> missing) {
    if (lifecycle.state() != Lifecycle.State.STARTING) {
      throw new IllegalStateException("start: told to end while waiting for " + names(missing));
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("start: interrupted while waiting for " + names(missing));
    }
  }

  private void tell(List<Missing> missing) {
    // Before the event is out: whoever hears it may turn the clock.
    silence = silence.compareTo(LONGEST_SILENCE.dividedBy(2)) > 0
        ? LONGEST_SILENCE
        : silence.multipliedBy(2);
    nextWord = time.nanos() + silence.toNanos();
    Duration left = Duration.ofNanos(deadline - time.nanos());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("waiting_for", names(missing));
    fields.put("since", since.toString());
    fields.put("waited_seconds", Lifecycle.seconds(waited()));
    fields.put("left_seconds", Lifecycle.seconds(left));
    fields.put("reasons", reasons(missing));
    events.publish(new Event(
        "start_waiting",
        System.Logger.Level.WARNING,
        "The start waits for " + names(missing) + " since " + since.truncatedTo(ChronoUnit.SECONDS)
            + "; " + Durations.format(left.truncatedTo(ChronoUnit.SECONDS)) + " are left: "
            + reasons(missing),
        fields));
  }
}
