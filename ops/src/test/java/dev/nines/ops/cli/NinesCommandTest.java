package dev.nines.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NinesCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path directory;

  private int run(String... arguments) {
    return NinesCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private String declared(String yaml) throws IOException {
    return Files.writeString(directory.resolve("reliability.yaml"), yaml).toString();
  }

  @Test
  void aDeclarationThatCanBeKeptIsSaidToBe() throws IOException {
    String file = declared("""
        service: checkout
        routes:
          "POST /orders": {latency: {p99: 1s}}
        dependencies:
          payments: {required: false}
          orders-db: {required: true}
        """);

    assertThat(run("check", file)).isZero();

    assertThat(out.toString())
        .contains("can be kept")
        .contains("service checkout, 1 route with promises of its own, 2 dependencies");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void everyMistakeOfADeclarationIsShownWithItsLine() throws IOException {
    String file = declared("""
        targets:
          errorRate: few
          latancy: {p95: 2s}
        """);

    assertThat(run("check", file)).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("reliability.yaml:2") && line.contains("errorRate"))
        .anyMatch(line -> line.contains("reliability.yaml:3") && line.contains("latancy"));
  }

  @Test
  void aFileThatIsNotThereIsSaidSoWithoutAStackTrace() {
    assertThat(run("check", directory.resolve("nowhere.yaml").toString())).isEqualTo(1);

    assertThat(err.toString()).contains("nowhere.yaml").doesNotContain("\tat ");
  }

  @Test
  void explainShowsTheNumbersThatTheServiceWouldHave() throws IOException {
    String file = declared("targets: {recovery: {detection: 5s}}");

    assertThat(run("explain", file)).isZero();

    assertThat(out.toString()).containsPattern("interval +1s").contains("sources");
  }

  @Test
  void explainShowsTheSameAsJson() throws IOException {
    String file = declared("dependencies: {payments: {required: false}}");

    assertThat(run("explain", "--format", "json", file)).isZero();

    JsonNode rows = JsonMapper.builder().build().readTree(out.toString());
    assertThat(rows.valueStream()).anySatisfy(row -> {
      assertThat(row.get("name").asString()).isEqualTo("breaker.payments.deadline");
      assertThat(row.get("value").asString()).isEqualTo("300ms");
      assertThat(row.get("formula").asString()).isNotBlank();
    });
  }

  @Test
  void callingItWronglyIsToldApartFromAFinding() {
    assertThat(run()).isEqualTo(64);
    assertThat(run("chekc", "x")).isEqualTo(64);
    assertThat(run("explain", "--format", "xml", "x")).isEqualTo(64);

    assertThat(err.toString()).contains("Did you mean: nines check").contains("table, json");
  }

  @Test
  void helpNamesEachSubcommandAndTheExitCodes() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString()).contains("check", "explain", "64   called wrongly");
  }

  @Test
  void whatIsAskedBesideADeploymentHasHelpWithItsExitCodes() {
    assertThat(run("watch", "--help")).isZero();
    assertThat(out.toString())
        .contains("--rollback-command", "--baseline", "4   it failed, and so did the rollback");

    assertThat(run("gate", "--help")).isZero();
    assertThat(out.toString()).contains("such as 20%;", "2   nothing is known of the budgets");

    assertThat(run("report", "--help")).isZero();
    assertThat(out.toString()).contains("markdown, json, html", "--verdicts");
  }
}
