package dev.nines.benchmarks.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.benchmarks.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes are the same on any machine, once the code is compiled, which times are not; so they are what is tested. */
class EnvelopeBytesTest {

  @ParameterizedTest(name = "at most {2} bytes (sampled: {0}, with a line: {1})")
  @CsvSource({"false, false, 130", "false, true, 1024", "true, true, 2100"})
  void ourEnvelopeStaysWithinItsBytes(boolean sampled, boolean line, int most) throws Exception {
    assertThat(bytes(Stack.NINES, sampled, line, most)).as("bytes per request").isBetween(1L, (long)
        most);
  }

  @Test
  void aSampledRequestAddsNoMoreThanOpenTelemetrysOwnSpans() throws Exception {
    long own = bytes(Stack.SPANS, true, false, 1_350);
    long unsampled = bytes(Stack.NINES, false, false, 130);

    assertThat(bytes(Stack.NINES, true, false, unsampled + own) - unsampled)
        .as("bytes more than unsampled")
        .isBetween(1_000L, own);
  }

  private static long bytes(Stack stack, boolean sampled, boolean line, long enough)
      throws Exception {
    try (Envelope envelope = stack.start(line)) {
      Incoming headers = Incoming.of(sampled);
      Envelope.Handler handler = envelope.handler(new Downstream(false));
      return Bytes.of(() -> handler.serve(headers), enough);
    }
  }
}
