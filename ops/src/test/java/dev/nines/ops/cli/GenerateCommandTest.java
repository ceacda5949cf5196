package dev.nines.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path directory;

  private int generate(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "generate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return NinesCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  private String declared(String yaml) throws IOException {
    return Files.writeString(directory.resolve("reliability.yaml"), yaml).toString();
  }

  private String ops() {
    return directory.resolve("ops").toString();
  }

  @Test
  void filesGoIntoTheDirectoryAndEachIsTold() throws IOException {
    assertThat(generate(declared("service: checkout"), "--out", ops())).isZero();

    assertThat(directory.resolve("ops/explanation.txt"))
        .content()
        .contains("checkout", "burn_1h", "0.9 × factor × budget");
    assertThat(out.toString()).contains("created   explanation.txt");
  }

  @Test
  void theSameDeclarationGivesTheSameBytes() throws IOException {
    String file = declared("service: checkout");
    generate(file, "--stdout");
    String first = out.toString();
    out.getBuffer().setLength(0);

    generate(file, "--stdout");

    assertThat(out.toString()).isEqualTo(first);
  }

  @Test
  void anEditedFileIsKeptAndSaidSo() throws IOException {
    String file = declared("service: checkout");
    generate(file, "--out", ops());
    Path edited = Files.writeString(directory.resolve("ops/explanation.txt"), "mine\n");

    assertThat(generate(file, "--out", ops())).isEqualTo(1);

    assertThat(edited).hasContent("mine");
    assertThat(err.toString()).contains("explanation.txt: was edited", "--force");
    assertThat(generate(file, "--out", ops(), "--force")).isZero();
    assertThat(edited).content().contains("checkout");
  }

  @Test
  void ciSeesThatADirectoryIsBehindItsDeclaration() throws IOException {
    assertThat(generate(declared("service: checkout"), "--out", ops())).isZero();
    assertThat(generate(declared("service: checkout"), "--out", ops(), "--check"))
        .isZero();

    String changed = declared("service: checkout\ntargets: {errorRate: 0.5%}");

    assertThat(generate(changed, "--out", ops(), "--check")).isEqualTo(1);
    assertThat(generate(changed, "--out", ops(), "--dry-run")).isZero();
    assertThat(out.toString()).contains("updated   explanation.txt");
    assertThat(directory.resolve("ops/explanation.txt")).content().doesNotContain("0.5%");
  }

  @Test
  void oneFileIsPrintedAsItIs() throws IOException {
    assertThat(generate(declared("service: checkout"), "--stdout", "--only", "explanation.txt"))
        .isZero();

    assertThat(out.toString()).startsWith("Every derived number of checkout\n");
  }

  @Test
  void theServiceMustHaveAName() throws IOException {
    String unnamed = declared("targets: {errorRate: 1%}");

    assertThat(generate(unnamed, "--stdout")).isEqualTo(64);
    assertThat(err.toString()).contains("service: none in", "--service");
    assertThat(generate(unnamed, "--stdout", "--service", "checkout")).isZero();
    assertThat(generate(unnamed, "--stdout", "--service", "che\"ckout")).isEqualTo(64);
  }

  @Test
  void callingItWronglyIsUsage() throws IOException {
    String file = declared("service: checkout");

    assertThat(generate(file)).isEqualTo(64);
    assertThat(generate(file, "--out", ops(), "--stdout")).isEqualTo(64);
    assertThat(generate(file, "--stdout", "--only", "nowhere")).isEqualTo(64);
    assertThat(generate(file, "--stdout", "--selector", "job=checkout")).isEqualTo(64);
    assertThat(generate(file, "--stdout", "--runbooks", "wiki")).isEqualTo(64);
    assertThat(err.toString())
        .contains("--only: nowhere (expected", "selector: 'job=checkout' (expected", "runbooks: ");
  }

  @Test
  void whatCannotBeWrittenToIsToldWithoutATrace() throws IOException {
    String file = declared("service: checkout");
    Path taken = Files.writeString(directory.resolve("taken"), "a file");

    assertThat(generate(file, "--out", taken.toString())).isEqualTo(64);

    assertThat(err.toString())
        .contains("--out: " + taken + " (expected: a directory that can be written to")
        .doesNotContain("Exception");
  }

  @Test
  void linksThatLeadNowhereAreTold() throws IOException {
    String file = declared("service: checkout");

    generate(file, "--out", ops(), "--dashboards", "https://grafana.example.org");

    assertThat(err.toString()).contains("--runbooks=URL").doesNotContain("--dashboards");
  }

  @Test
  void aDeclarationThatCannotBeKeptGeneratesNothing() throws IOException {
    assertThat(generate(declared("targets: {availability: 100%}"), "--out", ops()))
        .isEqualTo(1);

    assertThat(directory.resolve("ops")).doesNotExist();
  }
}
