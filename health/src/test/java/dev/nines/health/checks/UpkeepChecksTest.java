package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.testing.ManualTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpkeepChecksTest {

  private static final Duration RPO = Duration.ofHours(24);
  private static final BigDecimal EIGHT_NINES = new BigDecimal("0.99999999");

  @TempDir
  Path directory;

  private final ManualTime time = new ManualTime().advance(Duration.ofDays(30));

  @Test
  void theNewestBackupCountsAndANewOneRecovers() throws Exception {
    Check check = UpkeepChecks.backup(directory, "*.dump", RPO, time);
    backup("monday.dump", time.now().minus(Duration.ofDays(2)));
    backup("tuesday.dump", time.now().minus(RPO));
    backup("sunday.dump", time.now().minus(Duration.ofDays(3)));

    assertThat(run(check))
        .isEqualTo(CheckResult.healthy("backup is 1d old (expected: at most 1d)"));
    time.advance(Duration.ofSeconds(1));
    assertThat(run(check))
        .isEqualTo(CheckResult.unhealthy("backup is 1d1s old (expected: at most 1d)"));
    backup("wednesday.dump", time.now());
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
  }

  @Test
  void whatIsNoBackupDoesNotCount() throws Exception {
    Check check = UpkeepChecks.backup(directory, "*.dump", RPO, time);
    backup("notes.txt", time.now());
    Files.createFile(directory.resolve("failed.dump"));
    Files.createDirectory(directory.resolve("directory.dump"));

    assertThatThrownBy(() -> run(check))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("no file *.dump with content");
  }

  @Test
  void aDirectoryThatIsGoneFails() {
    Path gone = directory.resolve("gone");

    assertThatThrownBy(() -> run(UpkeepChecks.backup(gone, "*", RPO, time)))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aBackupFromTheFutureHidesNothing() throws Exception {
    Check check = UpkeepChecks.backup(directory, "*.dump", RPO, time);

    backup("a.dump", time.now().plus(Duration.ofMinutes(1)));
    assertThat(run(check).status()).as("clocks differ a little").isEqualTo(Status.HEALTHY);
    backup("b.dump", time.now().plus(Duration.ofMinutes(2)));
    assertThat(run(check)).isEqualTo(CheckResult.unhealthy("backup is dated 2m ahead"));
  }

  @Test
  void aSearchEndsWhenTimeIsUp() throws Exception {
    backup("a.dump", time.now());
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> run(UpkeepChecks.backup(directory, "*", RPO, time)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aPatternThatIsNoneIsRefusedAtTheStart() {
    assertThatThrownBy(() -> UpkeepChecks.backup(directory, "{a", RPO, time))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  void aBackupThatIsFoundElsewhereIsJudgedTheSame() throws Exception {
    AtomicReference<Instant> newest = new AtomicReference<>(time.now());
    Check check = UpkeepChecks.backup(newest::get, RPO, time);

    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
    time.advance(RPO.plusSeconds(1));
    assertThat(run(check).status()).isEqualTo(Status.UNHEALTHY);
    newest.set(time.now());
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
  }

  @Test
  void aBackupOfWhichNothingIsKnownFailsWithTheReason() {
    Check check = UpkeepChecks.backup(
        () -> {
          throw new SQLException("no backup yet");
        },
        RPO,
        time);

    assertThatThrownBy(() -> run(check)).hasMessage("no backup yet");
  }

  @Test
  void aSecretOverItsPeriodDegradesUntilItIsReplaced() throws Exception {
    AtomicReference<Instant> issued = new AtomicReference<>(time.now());
    Check check = UpkeepChecks.secret(issued::get, UpkeepChecks.ROTATION_PERIOD, time);

    time.advance(Duration.ofDays(90));
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
    time.advance(Duration.ofSeconds(1));
    assertThat(run(check))
        .isEqualTo(CheckResult.degraded("secret is 90d1s old (expected: at most 90d)"));
    issued.set(time.now());
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
  }

  @Test
  void anAgeOfNoTimeIsRefused() {
    assertThatThrownBy(() -> UpkeepChecks.secret(time::now, Duration.ZERO, time))
        .hasMessage("secret.age: 0s (expected: more than 0s)");
  }

  @ParameterizedTest(name = "{1} of {0} lost is {2}")
  @CsvSource({
    "0, 0, DEGRADED",
    "1000, 0, HEALTHY",
    "1000, 1, UNHEALTHY",
    "99999999, 1, UNHEALTHY",
    "100000000, 1, HEALTHY",
    "100000000, 2, UNHEALTHY",
    "9223372036854775807, 92233720368, HEALTHY",
    "9223372036854775807, 92233720369, UNHEALTHY"
  })
  void lossesAreComparedExactlyWithTheTarget(long verified, long lost, Status expected)
      throws Exception {
    Check check = UpkeepChecks.durability(() -> new DurabilityAudit(verified, lost), EIGHT_NINES);

    assertThat(run(check).status()).isEqualTo(expected);
  }

  @Test
  void aLossSaysHowMuchAndHowMuchMayBe() throws Exception {
    assertThat(run(UpkeepChecks.durability(() -> new DurabilityAudit(1000, 1), EIGHT_NINES)))
        .isEqualTo(CheckResult.unhealthy(
            "1 of 1000 objects lost (expected: at most a share of 0.00000001)"));
  }

  @ParameterizedTest(name = "{0} verified and {1} lost")
  @CsvSource(
      delimiter = '|',
      value = {
        "-1 | 0 | durability.verified: -1 (expected: 0 or more)",
        "5 | -1 | durability.lost: -1 (expected: 0 to 5, the verified)",
        "5 | 6 | durability.lost: 6 (expected: 0 to 5, the verified)"
      })
  void anAuditThatCannotBeIsRefused(long verified, long lost, String message) {
    assertThatThrownBy(() -> new DurabilityAudit(verified, lost)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "1.5"})
  void aDurabilityThatIsNoPromiseIsRefused(BigDecimal target) {
    assertThatThrownBy(() -> UpkeepChecks.durability(() -> new DurabilityAudit(1, 0), target))
        .hasMessage(
            "durability.target: " + target + " (expected: a share of more than 0 and less than 1)");
  }

  private void backup(String name, Instant written) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "content");
    Files.setLastModifiedTime(file, FileTime.from(written));
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(1)));
  }
}
