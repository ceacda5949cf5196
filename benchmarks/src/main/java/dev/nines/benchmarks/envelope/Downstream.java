package dev.nines.benchmarks.envelope;

import io.opentelemetry.context.propagation.TextMapSetter;
import org.jspecify.annotations.Nullable;

/** The dependency: takes the trace's header, if it is to be sent one, and answers at once. */
final class Downstream {

  static final TextMapSetter<Downstream> SETTER = (carrier, key, value) -> {
    if (carrier != null && "traceparent".equals(key)) {
      carrier.traceparent = value;
    }
  };

  private static final Integer OK = 200;

  /** Whether the header is sent: its text alone is 96 bytes, which no stack can save. */
  final boolean traced;

  @Nullable
  String traceparent;

  Downstream(boolean traced) {
    this.traced = traced;
  }

  /** Answers 200, given that the trace came along: always the same object, for what an answer weighs is its client's. */
  Integer answer() {
    if (traced) {
      String header = traceparent;
      if (header == null || header.length() != 55) {
        throw new IllegalStateException("traceparent: " + header + " (expected: 55 characters)");
      }
      traceparent = null;
    }
    return OK;
  }
}
