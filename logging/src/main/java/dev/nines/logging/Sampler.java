package dev.nines.logging;

import io.opentelemetry.api.trace.SpanContext;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps a share of what it is asked about, by the last 56 bits of the trace's id as OpenTelemetry's consistent probability
 * sampling does, so that whoever samples at the same rate keeps the same traces; by chance where there is no trace.
 * Immutable and thread-safe.
 */
final class Sampler {

  private static final int BITS = 56;
  private static final int HEX_DIGITS = BITS / 4;
  private static final int HEX = 16;
  private static final long ALL = 1L << BITS;

  private final long rejected;

  Sampler(double rate) {
    this.rejected = ALL - Math.round(rate * ALL);
  }

  boolean keepsAll() {
    return rejected == 0;
  }

  boolean keeps(SpanContext trace) {
    if (keepsAll()) {
      return true;
    }
    return (trace.isValid() ? randomness(trace.getTraceId()) : anyOne()) >= rejected;
  }

  private static long randomness(String traceId) {
    int end = traceId.length();
    return Long.parseUnsignedLong(traceId, end - HEX_DIGITS, end, HEX);
  }

  private static long anyOne() {
    return ThreadLocalRandom.current().nextLong(ALL);
  }
}
