package dev.nines.budget;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What an error budget needs beside requests: its history at start, a look at its state every five seconds, and a write of
 * its history each minute. The builder's; closing writes the history once more.
 *
 * <p>Three daemon threads at most, so that neither a listener nor a disk that hangs holds up the state.
 */
public final class BudgetUpkeep implements AutoCloseable {

  /** Far shorter than the shortest window of a page tier, two minutes. */
  static final Duration LOOK = Duration.ofSeconds(5);

  /** As long as the samples of the windows: a more recent file would tell little more. */
  static final Duration WRITE = Duration.ofMinutes(1);

  /** Changes of state are rare; so many waiting means that nobody takes any. */
  private static final int MOST_WAITING = 100;

  private final ErrorBudget budget;
  private final BudgetHistory history;
  private final String service;
  private final EventBus events;
  private final LongAdder dropped = new LongAdder();
  private final ScheduledThreadPoolExecutor clockwork;
  private final ThreadPoolExecutor messenger;
  private volatile boolean failing;

  private BudgetUpkeep(ErrorBudget budget, BudgetHistory history, String service, EventBus events) {
    this.budget = budget;
    this.history = history;
    this.service = service;
    this.events = events;
    this.clockwork = new ScheduledThreadPoolExecutor(
        history.keeps() ? 2 : 1, task -> daemon(task, "nines-budget"));
    this.messenger = new ThreadPoolExecutor(
        1,
        1,
        WRITE.toSeconds(),
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(MOST_WAITING),
        task -> daemon(task, "nines-budget-events"),
        (task, executor) -> dropped.increment());
    messenger.allowCoreThreadTimeOut(true);
  }

  /**
   * Takes over the history, within its time limit, and begins to look after the budget. Call before the first request.
   *
   * @param service whose history it is
   */
  public static BudgetUpkeep start(
      ErrorBudget budget, BudgetHistory history, String service, EventBus events) {
    return start(budget, history, service, events, LOOK, WRITE);
  }

  static BudgetUpkeep start(
      ErrorBudget budget,
      BudgetHistory history,
      String service,
      EventBus events,
      Duration look,
      Duration write) {
    BudgetUpkeep upkeep = new BudgetUpkeep(budget, history, service, events);
    upkeep.restore();
    upkeep.repeat(upkeep::look, look);
    if (history.keeps()) {
      upkeep.repeat(upkeep::write, write);
    }
    return upkeep;
  }

  /** Returns how many changes of state could not be told, since those before were still being heard. */
  public long dropped() {
    return dropped.sum();
  }

  /** Stops; writes the history, for at most its time limit, and tells what is still to be told, for a second. */
  @Override
  public void close() throws InterruptedException {
    clockwork.shutdown(); // and no interrupt, which would break off a write
    if (history.keeps()) {
      bounded(this::writeAndClose);
    }
    messenger.shutdown();
    messenger.awaitTermination(1, TimeUnit.SECONDS);
  }

  private void restore() {
    try {
      bounded(() -> history.read(budget.ledger(service))).ifPresent(past -> {
        budget.restore(past);
        events.publish(new Event(
            "budget_history_restored",
            Level.INFO,
            "The error budget goes on from what was counted before this start",
            Map.of("coverage", budget.coverage())));
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ignored("the start was interrupted", e);
    }
  }

  private void look() {
    budget.look(change -> messenger.execute(() -> tell(change)));
  }

  private void tell(BudgetStateChange change) {
    events.publish(new Event(
        "budget_state_changed",
        change.worse() ? Level.WARNING : Level.INFO,
        "The error budget is " + change.to().label() + ", by " + change.objective() + " of "
            + change.routeClass(),
        Map.of(
            "from", change.from().label(),
            "to", change.to().label(),
            "objective", change.objective(),
            "route_class", change.routeClass(),
            "burn_rate", change.burnRate(),
            "spent", change.spent())));
    budget.tell(
        change,
        failure -> events.publish(new Event(
            "budget_listener_failed",
            Level.WARNING,
            "A listener of the error budget failed",
            Map.of("to", change.to().label()),
            failure)));
  }

  /** A failure is told once, until a write succeeds again. */
  private void write() {
    try {
      history.write(budget.ledger(service), budget.past());
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        failing = true;
        events.publish(new Event(
            "budget_history_unwritten",
            Level.WARNING,
            "What was counted for the error budget cannot be written, and a restart would forget it",
            Map.of(),
            e));
      }
    }
  }

  private Optional<Past> writeAndClose() throws IOException {
    write();
    history.close();
    return Optional.empty();
  }

  private interface Work {
    Optional<Past> run() throws IOException, InterruptedException;
  }

  /** Runs on a thread of its own, which is interrupted and left behind at the history's time limit. */
  private Optional<Past> bounded(Work work) throws InterruptedException {
    FutureTask<Optional<Past>> task = new FutureTask<>(work::run);
    daemon(task, "nines-budget-history").start();
    try {
      return task.get(history.timeLimit().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      ignored(String.valueOf(e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      task.cancel(true);
      ignored("not done within " + history.timeLimit().toMillis() + " ms", null);
    }
    return Optional.empty();
  }

  private void ignored(String reason, @Nullable Throwable cause) {
    events.publish(new Event(
        "budget_history_ignored",
        Level.WARNING,
        "The error budget begins without what was counted before: " + reason,
        Map.of("reason", reason),
        cause));
  }

  private void repeat(Runnable work, Duration interval) {
    clockwork.scheduleWithFixedDelay(
        () -> guarded(work), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A repeated task that throws would never run again. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      events.publish(new Event(
          "budget_upkeep_failed",
          Level.WARNING,
          "The error budget could not be looked after; it is tried again",
          Map.of(),
          e));
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
