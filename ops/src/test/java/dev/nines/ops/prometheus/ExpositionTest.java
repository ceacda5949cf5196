package dev.nines.ops.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {

  @Test
  void samplesAreReadWithLabelsTimestampsAndExemplarsAround() throws IOException {
    assertThat(Exposition.parse("""
            # HELP a_total What it counts, "quoted" {and} bracketed.
            # TYPE a_total counter
            a_total 3
            a_total{route="GET /orders/{id}",} 1.5e3 1700000000000

            a_bucket{ le = "+Inf" , path="\\\\ \\"x\\"\\n, }" } +Inf # {trace_id="4b"} 0.2
            b\t-Inf
            c NaN
            # EOF
            """))
        .containsExactly(
            new Sample("a_total", Map.of(), 3),
            new Sample("a_total", Map.of("route", "GET /orders/{id}"), 1500),
            new Sample(
                "a_bucket",
                Map.of("le", "+Inf", "path", "\\ \"x\"\n, }"),
                Double.POSITIVE_INFINITY),
            new Sample("b", Map.of(), Double.NEGATIVE_INFINITY),
            new Sample("c", Map.of(), Double.NaN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a{", "a{b", "a{b=\"c", "a{b=\"c\"", "a{b=\"c\"}", "a x", "<html>"})
  void whatIsNoSampleIsToldByItsLine(String line) {
    assertThatThrownBy(() -> Exposition.parse("# fine\n" + line))
        .isInstanceOf(IOException.class)
        .hasMessage("line 2 is no metric");
  }
}
