package dev.nines.dependency;

import io.opentelemetry.context.Scope;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call whose body hands out a stage. Three may end it: the stage, the deadline, and the caller, who does so by completing
 * or cancelling the future. The first does; the others find it ended.
 */
final class AsyncCall<T extends @Nullable Object> extends Call {

  private final CompletableFuture<T> result = new CompletableFuture<>();
  private @Nullable CompletionStage<T> underlying;

  /** Whether its end at the deadline is under way; the watchdog's alone. */
  private boolean expiring;

  AsyncCall(Guard guard, @Nullable HttpCall<?> http) {
    super(guard, http);
  }

  private AsyncCall(AsyncCall<T> before, Repetition repetition) {
    super(before, repetition);
  }

  /** Returns the next attempt. */
  AsyncCall<T> next(Repetition attempts) {
    return new AsyncCall<>(this, attempts);
  }

  /** Runs the body on this thread; never throws. */
  CompletableFuture<T> start(Function<? super Attempt, ? extends CompletionStage<T>> body) {
    try {
      begin();
    } catch (GuardException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    try (Scope scope = makeCurrent()) {
      CompletionStage<T> stage = Objects.requireNonNull(
          body.apply(this), "the body returned null (expected: a CompletionStage)");
      underlying = stage;
      watch();
      result.whenComplete((value, thrown) -> abandoned());
      stage.whenComplete(this::completed);
    } catch (Throwable thrown) {
      completed(null, thrown);
    }
    return result;
  }

  @Override
  long leftAlone(long now) {
    return stage() == RUNNING && !expiring ? wakeAt() - now : NEVER;
  }

  @Override
  long timeIsUp(long now) {
    long more = moreTime();
    if (more > 0) {
      return more;
    }
    expiring = true;
    protection.watchdog().handOn(this::expired);
    return NEVER;
  }

  @Override
  void settle(CallOutcome how, @Nullable Throwable thrown, long now) {
    protection.watchdog().disarm(this);
    try (Scope scope = makeCurrent()) {
      super.settle(how, thrown, now);
    }
  }

  private void completed(T value, @Nullable Throwable thrown) {
    if (advance(RUNNING, ENDED)) {
      long now = protection.nanos();
      if (thrown == null) {
        settle(outcomeOf(value, late(now)), null, now);
        result.complete(value);
      } else {
        failed(unwrapped(thrown), now);
      }
    }
  }

  private void failed(Throwable thrown, long now) {
    boolean late = late(now);
    if (!late && thrown instanceof CancellationException) {
      settle(CallOutcome.CANCELLED, thrown, now);
      result.completeExceptionally(thrown);
      return;
    }
    settle(outcomeOf(thrown, late), thrown, now);
    result.completeExceptionally(
        late && thrown instanceof Exception && protection.failures().failed(thrown)
            ? deadlineExceeded(thrown)
            : thrown);
  }

  private void expired() {
    if (advance(RUNNING, ENDED)) {
      settle(CallOutcome.TIMEOUT, null, protection.nanos());
      cancelUnderlying();
      result.completeExceptionally(deadlineExceeded(null));
    }
  }

  /** Hears that nobody waits any more. */
  void abandoned() {
    if (advance(RUNNING, ENDED)) {
      settle(CallOutcome.CANCELLED, null, protection.nanos());
      cancelUnderlying();
      result.cancel(true);
    }
  }

  private void cancelUnderlying() {
    CompletionStage<T> stage = underlying;
    if (stage != null) {
      stage.toCompletableFuture().cancel(true);
    }
  }

  /** Stages that follow another wrap its exception; the caller's future does so by itself again. */
  private static Throwable unwrapped(Throwable thrown) {
    boolean wrapper = thrown instanceof CompletionException || thrown instanceof ExecutionException;
    Throwable cause = thrown.getCause();
    return wrapper && cause != null ? cause : thrown;
  }
}
