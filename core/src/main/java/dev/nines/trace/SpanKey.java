package dev.nines.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The key of the current span. OpenTelemetry keeps it to itself, and tells it to every context that a span is stored in. */
final class SpanKey {

  static final ContextKey<Span> KEY = learn();

  private SpanKey() {}

  private static ContextKey<Span> learn() {
    Listening listening = new Listening();
    Span.getInvalid().storeInContext(listening);
    return Objects.requireNonNull(listening.heard);
  }

  private static final class Listening implements Context {

    private @Nullable ContextKey<Span> heard;

    @Override
    public <V> @Nullable V get(ContextKey<V> key) {
      return null;
    }

    @Override
    @SuppressWarnings("unchecked") // it is a span that is being stored
    public <V> Context with(ContextKey<V> key, V value) {
      heard = (ContextKey<Span>) key;
      return this;
    }
  }
}
