package dev.nines.benchmarks.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The stacks refuse to be measured when the trace gets lost on the way; so serving at all shows that it did not. */
class StacksTest {

  @Test
  void eachStackServesAndHandsTheTraceOn() throws Exception {
    // Micrometer's hook into OpenTelemetry's context has to come before anything else uses that.
    serve(Stack.OBSERVATION, true);
    for (Stack stack : Stack.values()) {
      serve(stack, false);
    }
    serve(Stack.NINES, true);
    serve(Stack.LEAN, true);
    serve(Stack.FLOOR, true);
  }

  private static void serve(Stack stack, boolean line) throws Exception {
    try (Envelope envelope = stack.start(line)) {
      assertThat(envelope.serve(Incoming.of(true), new Downstream(true))).isEqualTo(200);
      assertThat(envelope.serve(Incoming.of(false), new Downstream(true))).isEqualTo(200);
    }
  }
}
