package dev.nines.health;

import dev.nines.endpoint.EndpointResponse;
import dev.nines.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for a change: at most {@link #MOST}, on one thread that comes when somebody waits. Who comes when there
 * is no room gets 429, which no prober takes for an unhealthy service.
 *
 * <p>The thread looks, as readers do, since some changes nobody tells: a result grows too old, a breaker opens. While
 * nothing changes a look costs some comparisons.
 */
final class Waiters implements AutoCloseable {

  /** Dashboards and scripts of one instance, not a fleet of them. */
  static final int MOST = 64;

  private static final long LOOK_MILLIS = 100;

  private final Board board;
  private final TimeSource time;
  private final Semaphore room = new Semaphore(MOST);
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor looks =
      new ScheduledThreadPoolExecutor(1, Waiters::thread);

  Waiters(Board board, TimeSource time) {
    this.board = board;
    this.time = time;
    looks.setKeepAliveTime(10, TimeUnit.SECONDS);
    looks.allowCoreThreadTimeOut(true);
    looks.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Answers when the stamp is no longer {@code since}, after {@code atMost}, or at close, whichever comes first.
   *
   * @param answer renders what holds then
   */
  CompletableFuture<EndpointResponse> await(
      Question question, String since, Duration atMost, Supplier<EndpointResponse> answer) {
    Waiter waiter = new Waiter(question, since, time.nanos() + atMost.toNanos(), answer);
    if (waiter.due()) {
      return CompletableFuture.completedFuture(answer.get());
    }
    if (!room.tryAcquire()) {
      return CompletableFuture.completedFuture(
          EndpointResponse.text(429, "too many wait here\n").withHeader("Retry-After", "1"));
    }
    waiting.add(waiter);
    waiter.coming.whenComplete((response, failure) -> {
      waiting.remove(waiter);
      room.release();
    });
    waiter.lookLater();
    return waiter.coming;
  }

  /** Answers everyone; from now on nobody waits. */
  @Override
  public void close() {
    looks.shutdown();
    waiting.forEach(Waiter::answer);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "nines-health-wait");
    thread.setDaemon(true);
    return thread;
  }

  private final class Waiter {

    private final Question question;
    private final String since;
    private final long deadline;
    private final Supplier<EndpointResponse> answer;
    private final CompletableFuture<EndpointResponse> coming = new CompletableFuture<>();
    private @Nullable Snapshot seen;

    Waiter(Question question, String since, long deadline, Supplier<EndpointResponse> answer) {
      this.question = question;
      this.since = since;
      this.deadline = deadline;
      this.answer = answer;
    }

    void look() {
      if (coming.isDone()) {
        return;
      }
      if (due()) {
        answer();
      } else {
        lookLater();
      }
    }

    boolean due() {
      Snapshot now = board.snapshot();
      boolean changed = now != seen && !board.stamp(now, question).equals(since);
      seen = now;
      return changed || looks.isShutdown() || time.nanos() - deadline >= 0;
    }

    void lookLater() {
      try {
        looks.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException closed) {
        answer();
      }
    }

    void answer() {
      try {
        coming.complete(answer.get());
      } catch (RuntimeException | Error e) {
        coming.completeExceptionally(e);
      }
    }
  }
}
