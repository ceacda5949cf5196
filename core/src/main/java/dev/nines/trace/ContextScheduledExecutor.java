package dev.nines.trace;

import io.opentelemetry.context.Context;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * OpenTelemetry's wrapper of scheduled executors with repeated tasks in it: those it runs in no context. Otherwise a table of
 * delegations.
 */
final class ContextScheduledExecutor implements ScheduledExecutorService {

  private final ScheduledExecutorService wrapped;

  ContextScheduledExecutor(ScheduledExecutorService executor) {
    this.wrapped = Context.taskWrapping(executor);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return wrapped.scheduleAtFixedRate(Context.current().wrap(command), initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return wrapped.scheduleWithFixedDelay(
        Context.current().wrap(command), initialDelay, delay, unit);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return wrapped.schedule(command, delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return wrapped.schedule(callable, delay, unit);
  }

  @Override
  public void execute(Runnable command) {
    wrapped.execute(command);
  }

  @Override
  public <T> Future<T> submit(Callable<T> task) {
    return wrapped.submit(task);
  }

  @Override
  public <T> Future<T> submit(Runnable task, T result) {
    return wrapped.submit(task, result);
  }

  @Override
  public Future<?> submit(Runnable task) {
    return wrapped.submit(task);
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return wrapped.invokeAll(tasks);
  }

  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return wrapped.invokeAll(tasks, timeout, unit);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return wrapped.invokeAny(tasks);
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return wrapped.invokeAny(tasks, timeout, unit);
  }

  @Override
  public void shutdown() {
    wrapped.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return wrapped.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return wrapped.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return wrapped.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return wrapped.awaitTermination(timeout, unit);
  }
}
