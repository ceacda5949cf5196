package dev.nines.lifecycle;

import dev.nines.lifecycle.StartWait.Missing;
import dev.nines.targets.Durations;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The tasks that warm an instance up, in the order of their declaration. Declared before the start; then thread-safe. */
public final class WarmUps {

  private record Declared(WarmUpTask task, Callable<?> body) {}

  private final TimeSource time;
  private final EventBus events;
  private final List<Declared> declared = new ArrayList<>();

  public WarmUps(TimeSource time, EventBus events) {
    this.time = time;
    this.events = events;
  }

  /**
   * Declares a task.
   *
   * @param limit after which it is abandoned
   * @param required whether the instance may not start without it
   */
  public void add(String name, Duration limit, boolean required, Callable<?> body) {
    declared.add(new Declared(new WarmUpTask(name, limit, required, time, events), body));
  }

  /** Returns the tasks, in the order of their declaration. */
  public List<WarmUpTask> all() {
    return declared.stream().map(Declared::task).toList();
  }

  /** Publishes what becomes of them. */
  public void publish(Instruments instruments) {
    for (WarmUpTask task : all()) {
      for (WarmUpTask.Outcome outcome : WarmUpTask.Outcome.values()) {
        instruments.publish(
            Metrics.WARMUPS, () -> task.count(outcome), task.name(), outcome.label());
      }
      instruments.publish(
          Metrics.WARMUP_DURATION, () -> Durations.seconds(task.took()), task.name());
    }
  }

  void start(long latest) {
    declared.forEach(each -> each.task.start(each.body, latest));
  }

  /** Abandons those whose time is over, and returns those that still run. */
  List<Missing> running() {
    return all().stream()
        .filter(WarmUpTask::runs)
        .map(task -> new Missing("warm-up " + task.name(), task.message()))
        .toList();
  }

  void abandonAll() {
    all().forEach(WarmUpTask::abandon);
  }

  /** @throws IllegalStateException if one without which the instance may not start did not succeed */
  void requireSuccess() {
    for (WarmUpTask task : all()) {
      if (task.required() && task.state() != WarmUpTask.State.DONE) {
        throw new IllegalStateException(
            "start: warm-up " + task.name() + " " + task.message()
                + " (expected: done in time; raise its limit, or leave out orFail() to start"
                + " degraded without it)",
            task.failure());
      }
    }
  }
}
