package dev.nines.trace;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.propagation.TextMapPropagator;

/** Puts together what reads and writes the headers of a trace. */
final class Propagators {

  /** OpenTelemetry's baggage keeps the limits itself: 64 members and 8192 bytes, both ways. */
  private static final TextMapPropagator W3C =
      TextMapPropagator.composite(W3cTraceContext.INSTANCE, W3CBaggagePropagator.getInstance());

  private Propagators() {}

  /** Returns W3C trace context and baggage. */
  static TextMapPropagator w3c() {
    return W3C;
  }

  /** Returns W3C, then {@code others} unless W3C's headers are all that they know. */
  static TextMapPropagator w3cThen(TextMapPropagator others) {
    return W3C.fields().containsAll(others.fields()) ? W3C : new W3cFirst(W3C, others);
  }
}
