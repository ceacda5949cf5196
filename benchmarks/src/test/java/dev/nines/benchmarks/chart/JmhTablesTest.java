package dev.nines.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhTablesTest {

  private static String result(String stack, double nanos, double bytes) {
    return """
        {"benchmark": "a.b.EnvelopeBenchmark.request",
         "params": {"line": "false", "sampled": "false", "stack": "%s"},
         "primaryMetric": {"score": %s, "scoreError": "NaN"},
         "secondaryMetrics": {"gc.alloc.rate.norm": {"score": %s}}}
        """.formatted(stack, nanos, bytes);
  }

  @Test
  void aTableSaysHowManyTimesAnotherStacksTimeAndBytesOursAre(@TempDir Path out) throws Exception {
    Files.writeString(
        out.resolve("envelope.json"),
        "[" + result("NINES", 250, 128) + "," + result("LEAN", 1000, 1024) + "]");

    JmhTables.main(new String[] {out.toString()});

    assertThat(out.resolve("envelope.md"))
        .content()
        .contains(
            "stack=NINES | 250 | NaN | 128 |  |  |",
            "stack=LEAN | 1000 | NaN | 1024 | 0.25 | 0.13 |");
    assertThat(out.resolve("envelope-bytes.svg")).content().contains("nines", "lean", "1,024");
  }
}
