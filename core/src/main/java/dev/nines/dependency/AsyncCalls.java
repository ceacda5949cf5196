package dev.nines.dependency;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All attempts of an asynchronous call that may be repeated. It has a future of its own, which passes a cancel on to whichever
 * attempt is under way.
 */
final class AsyncCalls<T extends @Nullable Object> {

  private final AsyncCall<T> first;
  private final Function<? super Attempt, ? extends CompletionStage<T>> body;

  private AsyncCalls(
      AsyncCall<T> first, Function<? super Attempt, ? extends CompletionStage<T>> body) {
    this.first = first;
    this.body = body;
  }

  /** Runs the body on this thread; never throws. A call that is not repeated is its one attempt. */
  static <T extends @Nullable Object> CompletableFuture<T> made(
      AsyncCall<T> first,
      Function<? super Attempt, ? extends CompletionStage<T>> body,
      boolean repeatable) {
    try {
      first.enter(repeatable);
    } catch (GuardException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    Repetition attempts = first.repetition();
    CompletableFuture<T> result =
        attempts == null ? first.start(body) : new AsyncCalls<>(first, body).repeated(attempts);
    if (first.protection.bulkhead().bounded()) {
      result.whenComplete((value, thrown) -> first.leave());
    }
    return result;
  }

  private CompletableFuture<T> repeated(Repetition attempts) {
    CompletableFuture<T> result = new CompletableFuture<>();
    attempt(first, attempts, result);
    return result;
  }

  private void attempt(AsyncCall<T> call, Repetition attempts, CompletableFuture<T> result) {
    CompletableFuture<T> outcome = call.start(body);
    result.whenComplete((value, thrown) -> call.abandoned());
    outcome.whenComplete((value, thrown) -> ended(call, attempts, result, value, thrown));
  }

  private void ended(
      AsyncCall<T> call,
      Repetition attempts,
      CompletableFuture<T> result,
      T value,
      @Nullable Throwable thrown) {
    long wait = result.isDone() ? Retries.NOT : call.retryAfter();
    if (wait == Retries.NOT) {
      call.over();
      finish(result, value, thrown);
    } else {
      after(wait).execute(() -> again(call, attempts, result));
    }
  }

  private void again(AsyncCall<T> call, Repetition attempts, CompletableFuture<T> result) {
    if (result.isDone()) {
      call.over();
    } else {
      attempt(call.next(attempts), attempts, result);
    }
  }

  private Executor after(long nanos) {
    return CompletableFuture.delayedExecutor(
        nanos, TimeUnit.NANOSECONDS, first.protection.watchdog()::handOn);
  }

  private static <T extends @Nullable Object> void finish(
      CompletableFuture<T> result, T value, @Nullable Throwable thrown) {
    if (thrown == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(thrown);
    }
  }
}
