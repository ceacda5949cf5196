package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nines.dependency.Guard;
import dev.nines.dependency.HttpCall;
import dev.nines.request.HttpMethod;
import java.io.IOException;
import java.net.URI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PromtoolTest {

  @Test
  void promtoolFindsNoFault() throws Exception {
    assumePromtool();
    try (TestService service = new TestService(GoldenSignals.prometheus())) {
      service.requests.serve("GET /orders/{id}", 200).abort("GET /orders/{id}").reject("GET /slow");
      Guard payments = service.dependencies().guards().get(0);
      payments.call(() -> "paid");
      payments.http(
          new HttpCall<>(HttpMethod.POST, URI.create("http://payments/charges"), paid -> 200),
          attempt -> "paid");
      Awaitility.await().until(() -> {
        System.gc(); // so that the pauses are there, too
        return service.scrape().contains("jvm_gc_pause_seconds_count");
      });

      assertThat(Promtool.check(service.scrape())).isEmpty();
    }
  }

  @Test
  void promtoolWouldFindAFault() throws Exception {
    assumePromtool();

    assertThat(Promtool.check("# TYPE jobs_count gauge\njobs_count 1\n"))
        .contains("help text", "_count");
  }

  /** Skipped on a machine without it; in CI its absence is a failure. */
  private static void assumePromtool() throws InterruptedException {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found()).as("promtool, of Debian's package prometheus").isTrue();
    }
    assumeTrue(found(), "promtool is not installed; Debian's package prometheus has it");
  }

  private static boolean found() throws InterruptedException {
    try {
      return new ProcessBuilder("promtool", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }
}
