package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/metrics.md} says of each metric what the catalogue says, and Prometheus understands its queries. */
class MetricsDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  private static final String REGENERATE =
      "mvn -o -pl core test -Dtest=MetricsDocumentTest -Dnines.docs.write=true";

  /** The guide above it is written by hand. */
  private static final String GENERATED_BELOW = "MetricsDocumentTest, which says how. -->\n";

  @TempDir
  Path directory;

  @Test
  void theDocumentIsCurrent() throws IOException {
    String document = Files.readString(DOCUMENT);
    int end = document.indexOf(GENERATED_BELOW) + GENERATED_BELOW.length();
    assertThat(end).isGreaterThan(GENERATED_BELOW.length());
    String current = document.substring(0, end) + "\n" + generated();
    if (Boolean.getBoolean("nines.docs.write")) {
      Files.writeString(DOCUMENT, current);
    }

    assertThat(Files.readString(DOCUMENT))
        .as("docs/metrics.md is out of date; run: " + REGENERATE)
        .isEqualTo(current);
  }

  @Test
  void prometheusParsesEachQuery() throws IOException, InterruptedException {
    String rules = Metrics.all().stream()
        .map(metric -> "      - {record: 'checked:" + metric.name() + "', expr: '"
            + metric.query().replace("'", "''") + "'}\n")
        .collect(Collectors.joining("", "groups:\n  - name: queries\n    rules:\n", ""));
    Path file = Files.writeString(directory.resolve("queries.yml"), rules);
    Process promtool = new ProcessBuilder("promtool", "check", "rules", file.toString())
        .redirectErrorStream(true)
        .start();
    String said = new String(promtool.getInputStream().readAllBytes());

    assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(promtool.exitValue()).as(said).isZero();
    assertThat(said).contains("SUCCESS: " + Metrics.all().size() + " rules found");
  }

  private static String generated() {
    return Metrics.all().stream()
        .map(MetricsDocumentTest::section)
        .collect(Collectors.joining("\n"));
  }

  private static String section(Metric metric) {
    return "### `" + metric.name() + "`\n\n"
        + metric.help() + "\n\n"
        + "- " + metric.type().name().toLowerCase(Locale.ROOT) + unit(metric.unit())
        + labels(metric.labels()) + "\n"
        + "- series of one instance, at most: " + metric.series() + "\n\n"
        + "```promql\n" + metric.query() + "\n```\n";
  }

  private static String unit(String unit) {
    return unit.isEmpty() ? "" : " in " + unit;
  }

  private static String labels(List<String> labels) {
    return labels.isEmpty()
        ? ", without labels"
        : labels.stream()
            .map(label -> "`" + label + "`")
            .collect(Collectors.joining(", ", ", by ", ""));
  }
}
