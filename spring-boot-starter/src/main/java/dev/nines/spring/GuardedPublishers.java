package dev.nines.spring;

import dev.nines.dependency.Guard;
import io.opentelemetry.context.Scope;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Guards what Reactor's publishers do: each subscription is a call. */
final class GuardedPublishers {

  private GuardedPublishers() {}

  static boolean isOne(Class<?> type) {
    return type == Mono.class || type == Flux.class;
  }

  static Object guarded(Guard guard, Class<?> type, Supplier<@Nullable Object> body) {
    return type == Mono.class
        ? Mono.deferContextual(view -> mono(guard, body, view))
        : Flux.deferContextual(view -> flux(guard, body, view));
  }

  private static Mono<?> mono(Guard guard, Supplier<@Nullable Object> body, ContextView view) {
    try (Scope scope = ReactiveContext.of(view).makeCurrent()) {
      return Mono.fromFuture(guard.<@Nullable Object>callAsync(() -> {
        io.opentelemetry.context.Context within = io.opentelemetry.context.Context.current();
        return mono(body.get())
            .contextWrite(context -> context.putAll(view).put(ReactiveContext.KEY, within))
            .toFuture();
      }));
    }
  }

  /**
   * What comes passes through as it comes; the guard hears how it ended, and ends it at the deadline. Never repeated: what has
   * come has come.
   */
  private static Flux<?> flux(Guard guard, Supplier<@Nullable Object> body, ContextView view) {
    CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    CompletableFuture<Flux<?>> begun = new CompletableFuture<>();
    CompletableFuture<@Nullable Void> guarded;
    try (Scope scope = ReactiveContext.of(view).makeCurrent()) {
      guarded = guard.once().callAsync(() -> {
        io.opentelemetry.context.Context within = io.opentelemetry.context.Context.current();
        begun.complete(
            flux(body.get()).contextWrite(context -> context.put(ReactiveContext.KEY, within)));
        return end;
      });
    }
    if (!begun.isDone()) { // refused, or the body threw
      return Mono.fromFuture(guarded).flux();
    }
    return begun
        .join()
        .doOnComplete(() -> end.complete(null))
        .doOnError(end::completeExceptionally)
        .doOnCancel(() -> end.cancel(false))
        .takeUntilOther(Mono.fromFuture(guarded, true));
  }

  @SuppressWarnings("unchecked") // what is in it goes to whoever asked the method for it
  private static Mono<@Nullable Object> mono(@Nullable Object returned) {
    return (Mono<@Nullable Object>) Objects.requireNonNull(returned, "null (expected: a Mono)");
  }

  private static Flux<?> flux(@Nullable Object returned) {
    return (Flux<?>) Objects.requireNonNull(returned, "null (expected: a Flux)");
  }
}
