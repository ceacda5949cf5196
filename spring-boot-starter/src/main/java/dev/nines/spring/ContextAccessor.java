package dev.nines.spring;

import io.micrometer.context.ThreadLocalAccessor;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import org.jspecify.annotations.Nullable;

/**
 * Moves OpenTelemetry's context between threads and Reactor's, with which it is restored in each operator. Whoever sets it sets
 * what was there before again; so no scope is kept.
 */
final class ContextAccessor implements ThreadLocalAccessor<Context> {

  @Override
  public Object key() {
    return ReactiveContext.KEY;
  }

  @Override
  public @Nullable Context getValue() {
    Context current = Context.current();
    return current == Context.root() ? null : current;
  }

  @Override
  public void setValue(Context value) {
    attach(value);
  }

  @Override
  public void setValue() {
    attach(Context.root());
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static void attach(Context context) {
    ContextStorage.get().attach(context);
  }
}
