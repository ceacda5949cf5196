package dev.nines.trace;

import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Carries the current exchange and span to other threads: what runs there logs the same trace id, and its calls belong to
 * the same trace. Each wrapper restores the thread's own context afterwards.
 *
 * <p>What has no wrapper here is wrapped one task or function at a time, by OpenTelemetry's own
 * {@code Context.current().wrap(task)} and {@code wrapFunction(fn)}. A parallel stream is such: its functions run on the
 * common pool, whose threads belong to nobody's request.
 *
 * <p>Thread-safe.
 */
public final class ContextPropagation {

  private ContextPropagation() {}

  /** Wraps an executor: each task runs in the context of the thread that submitted it. */
  public static Executor wrap(Executor executor) {
    return Context.taskWrapping(executor);
  }

  /** Wraps an executor: each task runs in the context of the thread that submitted it. */
  public static ExecutorService wrap(ExecutorService executor) {
    return Context.taskWrapping(executor);
  }

  /** Wraps an executor: each task, every run of a repeated one too, runs in the context of the thread that submitted it. */
  public static ScheduledExecutorService wrap(ScheduledExecutorService executor) {
    return new ContextScheduledExecutor(executor);
  }

  /**
   * Wraps a factory of threads that each run one task, platform or virtual: each runs in the context of the thread that asked
   * for it. Not for pools, whose threads would keep the context in which the first task came: wrap the executor instead.
   */
  public static ThreadFactory threads(ThreadFactory factory) {
    return task -> factory.newThread(Context.current().wrap(task));
  }

  /**
   * Returns a future that completes as {@code stage} does, and whose dependents, and theirs, run in the context that is
   * current now, whichever thread completes it. Cancelling it cancels {@code stage} where that is a future.
   */
  public static <T> CompletableFuture<T> wrap(CompletionStage<T> stage) {
    return ContextFuture.following(stage, Context.current());
  }

  /** Runs {@code task} on {@code executor}, in the context that is current now, and so do the future's dependents. */
  public static CompletableFuture<Void> runAsync(Runnable task, Executor executor) {
    Context context = Context.current();
    return ContextFuture.following(
        CompletableFuture.runAsync(context.wrap(task), executor), context);
  }

  /** Runs {@code body} on {@code executor}, in the context that is current now, and so do the future's dependents. */
  public static <T> CompletableFuture<T> supplyAsync(Supplier<T> body, Executor executor) {
    Context context = Context.current();
    return ContextFuture.following(
        CompletableFuture.supplyAsync(context.wrapSupplier(body), executor), context);
  }
}
