package dev.nines.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.Nines;
import dev.nines.logging.Audit;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  private Path directory;

  private Path file;
  private Path key;

  @BeforeEach
  void threeRecords() throws IOException {
    file = directory.resolve("audit.log");
    key = Files.writeString(directory.resolve("key"), KEY);
    Audit audit = Audit.to(file).keyed(KEY.getBytes(StandardCharsets.UTF_8));
    try (Nines nines =
        Nines.builder("checkout").targets(stoppingAtOnce()).install(audit).start()) {
      for (int at = 1; at <= 3; at++) {
        audit.record("user:" + at, "order.place", "order:" + at, Audit.Outcome.SUCCESS);
      }
    }
  }

  private static ReliabilityTargets stoppingAtOnce() {
    return ReliabilityTargets.builder()
        .lifecycle(new LifecycleTimings(
            Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(30)))
        .build();
  }

  private int verify(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "audit";
    arguments[1] = "verify";
    arguments[2] = file.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return NinesCommand.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void anIntactLogIsSaidToBe() {
    assertThat(verify("--key-file", key.toString())).isZero();

    assertThat(out.toString()).contains("audit.log: intact, 3 records from 20", "head 3:");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aRemovedLineIsShownAndEndsWithOne() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.writeString(file, lines.get(0) + "\n" + lines.get(2) + "\n");

    assertThat(verify("--key-file", key.toString())).isEqualTo(1);

    assertThat(out.toString())
        .contains("audit.log: line 2: record 3 stands where 2 should")
        .doesNotContain("intact");
  }

  @Test
  void withoutItsKeyAKeyedLogIsNotIntact() {
    assertThat(verify()).isEqualTo(1);

    assertThat(out.toString())
        .contains("line 1: record 1 was changed, or written with another key");
  }

  @Test
  void anEndThatWasTakenOffWithItsHeadIsFoundByAHeadFromElsewhere() throws IOException {
    verify("--key-file", key.toString());
    String head = out.toString().strip().replaceAll(".*head ", "");
    Files.writeString(file, Files.readAllLines(file).get(0) + "\n");
    Files.delete(directory.resolve("audit.log.head"));

    assertThat(verify("--key-file", key.toString())).isZero();
    assertThat(err.toString()).contains("records removed from the end would not be noticed");

    assertThat(verify("--key-file", key.toString(), "--head", head)).isEqualTo(1);
    assertThat(out.toString()).contains("the last record is 1, and 3 was known");
  }

  @Test
  void whatCannotBeReadIsAMistakeInTheCall() {
    assertThat(verify("--key-file", directory.resolve("none").toString())).isEqualTo(64);
    assertThat(verify("--head", "three")).isEqualTo(64);

    assertThat(err.toString())
        .contains(
            "--key-file: " + directory.resolve("none"), "a record's number, a colon and its hash")
        .doesNotContain("Exception");
  }
}
