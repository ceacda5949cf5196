package dev.nines.lifecycle;

import dev.nines.lifecycle.StartWait.Missing;
import dev.nines.targets.Durations;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way from starting to ready: waits for every {@link StartCondition}, then runs the {@link WarmUps}, all within
 * {@code lifecycle.start}, counted from when this is made. Used once, by the starting thread.
 */
public final class StartUp {

  private final Lifecycle lifecycle;
  private final Duration limit;
  private final TimeSource time;
  private final EventBus events;
  private final long deadline;
  private final List<StartCondition> conditions = new ArrayList<>();

  /** @param limit {@code lifecycle.start} */
  public StartUp(Lifecycle lifecycle, Duration limit, TimeSource time, EventBus events) {
    this.lifecycle = lifecycle;
    this.limit = limit;
    this.time = time;
    this.events = events;
    this.deadline = time.nanos() + limit.toNanos();
  }

  /** Adds something to wait for. */
  public void after(StartCondition condition) {
    conditions.add(condition);
  }

  /**
   * Waits until every condition holds, and tells meanwhile as {@code start_waiting} whom it waits for.
   *
   * @throws IllegalStateException if one does not hold in time, also told as {@code start_failed}; if the instance is told to
   *     end; if the thread is interrupted
   */
  public void awaitConditions() {
    StartWait wait = new StartWait(lifecycle, time, events, deadline);
    List<Missing> missing = wait.await(this::missing);
    if (!missing.isEmpty()) {
      throw failed(missing, wait.waited());
    }
  }

  /**
   * Runs the warm-ups side by side and waits for them, each up to its own limit.
   *
   * @throws IllegalStateException if one without which the instance may not start failed or overstayed; if the instance is
   *     told to end; if the thread is interrupted
   */
  public void warmUp(WarmUps warmUps) {
    try {
      warmUps.start(deadline);
      new StartWait(lifecycle, time, events, deadline).await(warmUps::running);
    } finally {
      warmUps.abandonAll();
    }
    warmUps.requireSuccess();
  }

  private List<Missing> missing() {
    return conditions.stream().flatMap(StartUp::missing).toList();
  }

  private static Stream<Missing> missing(StartCondition condition) {
    Optional<String> why = condition.missing().get();
    return why.map(w -> new Missing(condition.name(), w)).stream();
  }

  private IllegalStateException failed(List<Missing> missing, Duration waited) {
    String names = StartWait.names(missing);
    String reasons = StartWait.reasons(missing);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("waiting_for", names);
    fields.put("waited_seconds", Lifecycle.seconds(waited));
    fields.put("limit_seconds", Lifecycle.seconds(limit));
    fields.put("reasons", reasons);
    events.publish(new Event(
        "start_failed",
        System.Logger.Level.ERROR,
        "The start failed: " + names + " missing after " + Durations.format(limit) + ": " + reasons,
        fields));
    return new IllegalStateException("start: " + names + " missing after " + Durations.format(limit)
        + ": " + reasons + " (expected: there within lifecycle.start; raise it, or "
        + instead(missing) + ")");
  }

  private String instead(List<Missing> missing) {
    return conditions.stream()
        .filter(c -> missing.stream().anyMatch(m -> m.name().equals(c.name())))
        .map(StartCondition::instead)
        .collect(Collectors.joining(", "));
  }
}
