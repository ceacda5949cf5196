package dev.nines.trace;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import org.jspecify.annotations.Nullable;

/** Puts together what reads and writes the headers of a trace. */
final class Propagators {

  /** OpenTelemetry's keeps the limits itself: 64 members and 8192 bytes, both ways. */
  private static final TextMapPropagator BAGGAGE = W3CBaggagePropagator.getInstance();

  private static final TextMapPropagator W3C =
      TextMapPropagator.composite(W3cTraceContext.INSTANCE, BAGGAGE);

  private Propagators() {}

  /** Returns W3C trace context and baggage. */
  static TextMapPropagator w3c() {
    return W3C;
  }

  /** Returns the caller's baggage; the root if there is none, without making the builder that OpenTelemetry makes first. */
  static <C> Context baggage(@Nullable C carrier, TextMapGetter<C> getter) {
    return getter.getAll(carrier, "baggage").hasNext()
        ? BAGGAGE.extract(Context.root(), carrier, getter)
        : Context.root();
  }

  /** Returns W3C, then {@code others} unless W3C's headers are all that they know. */
  static TextMapPropagator w3cThen(TextMapPropagator others) {
    return W3C.fields().containsAll(others.fields()) ? W3C : new W3cFirst(W3C, others);
  }
}
