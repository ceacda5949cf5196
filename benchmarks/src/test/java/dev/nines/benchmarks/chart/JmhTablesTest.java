package dev.nines.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhTablesTest {

  private static String result(String stack, String nanos, double bytes) {
    return """
        {"benchmark": "a.b.EnvelopeBenchmark.request",
         "params": {"line": "false", "sampled": "false", "stack": "%s"},
         "primaryMetric": {"rawData": [[%s]]},
         "secondaryMetrics": {"gc.alloc.rate.norm": {"score": %s}}}
        """.formatted(stack, nanos, bytes);
  }

  @Test
  void aTableSaysHowManyTimesAnotherStacksTimeAndBytesOursAre(@TempDir Path out) throws Exception {
    Path envelope = Files.createDirectory(out.resolve("envelope"));
    Files.writeString(
        envelope.resolve("1.json"),
        "[" + result("NINES", "240, 250", 128) + "," + result("LEAN", "1000, 990", 1024) + "]");
    Files.writeString(
        envelope.resolve("2.json"),
        "[" + result("NINES", "9000", 130) + "," + result("LEAN", "1010", 1024) + "]");

    JmhTables.main(new String[] {out.toString()});

    assertThat(out.resolve("envelope.md"))
        .content()
        .contains(
            "stack=NINES | 250 | 245 - 4625 | 129 |  |  |",
            "stack=LEAN | 1000 | 995 - 1005 | 1024 | 0.25 | 0.13 |");
    assertThat(out.resolve("envelope-bytes.svg")).content().contains("nines", "lean", "1,024");
  }
}
