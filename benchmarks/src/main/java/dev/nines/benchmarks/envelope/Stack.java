package dev.nines.benchmarks.envelope;

import java.util.function.Function;

/** What is compared. */
public enum Stack {
  /** Nines, with all its features. */
  NINES(NinesEnvelope::new),
  /** OpenTelemetry, cached Micrometer timers and resilience4j, directly. */
  LEAN(LeanEnvelope::new),
  /** Micrometer Observation, Micrometer Tracing's bridge to OpenTelemetry, resilience4j. */
  OBSERVATION(ObservationEnvelope::new),
  /** By hand, for this one route alone. */
  FLOOR(FloorEnvelope::new),
  /** OpenTelemetry's two spans and nothing else, never with a line. */
  SPANS(line -> new SpansEnvelope());

  private final Function<Boolean, Envelope> start;

  Stack(Function<Boolean, Envelope> start) {
    this.start = start;
  }

  Envelope start(boolean line) {
    return start.apply(line);
  }
}
