package dev.nines.benchmarks.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes are the same on any machine, once the code is compiled, which times are not; so they are what is tested. */
class EnvelopeBytesTest {

  private static final int WARM_UP = 60_000;
  private static final int CALLS = 20_000;

  @ParameterizedTest(name = "at most {2} bytes (sampled: {0}, with a line: {1})")
  @CsvSource({"false, false, 288", "false, true, 1024"})
  void ourEnvelopeStaysWithinItsBytes(boolean sampled, boolean line, int most) throws Exception {
    try (Envelope envelope = Stack.NINES.start(line)) {
      Incoming headers = Incoming.of(sampled);
      Downstream downstream = new Downstream(false);
      serve(envelope, headers, downstream, WARM_UP);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 20 && least > most; round++) {
        least = Math.min(least, serve(envelope, headers, downstream, CALLS) / CALLS);
      }

      assertThat(least).as("bytes per request").isLessThanOrEqualTo(most);
    }
  }

  private static long serve(
      Envelope envelope, Incoming headers, Downstream downstream, int requests) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < requests; i++) {
      envelope.serve(headers, downstream);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
