package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real file systems that are filled and emptied again. */
class FilledDiskTest {

  private static final int MEBI = 1 << 20;
  private static final BigDecimal TARGET = new BigDecimal("0.5");

  @TempDir
  Path directory;

  @Test
  void aDiskOverItsTargetDegradesUntilRoomIsMade() throws Exception {
    try (SmallDisk disk = SmallDisk.corner()) {
      Check check = Checks.disk(disk.directory(), disk.shareWith(16 * MEBI));
      assertThat(run(check).status()).isEqualTo(Status.HEALTHY);

      disk.write("half", 16 * MEBI);
      disk.write("rest", 16 * MEBI);
      assertThat(run(check).status()).isEqualTo(Status.DEGRADED);
      disk.clear();
      assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
    }
  }

  @Test
  void inodesOverTheirTargetDegradeUntilFilesAreDeleted() throws Exception {
    try (SmallDisk disk = SmallDisk.corner()) {
      Check check = Checks.inodes(disk.directory(), disk.inodesWith(200));
      Published published = Published.by(check);
      assertThat(published.names()).containsExactly("nines_saturation_ratio[watched]");
      assertThat(published.value()).isNaN();
      assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
      double before = published.value();

      disk.createFiles(400);
      assertThat(run(check).status()).isEqualTo(Status.DEGRADED);
      assertThat(published.value()).isGreaterThan(before);
      disk.clear();
      assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
    }
  }

  /** Needs leave to mount; the tests above hold where there is none. */
  @Test
  void aDiskThatIsFullOfBytesOrOfNamesFailsUntilRoomIsMade() throws Exception {
    try (SmallDisk disk = SmallDisk.mountedAt(directory).orElse(null)) {
      if (disk == null) {
        return;
      }
      Check bytes = Checks.disk(disk.directory(), TARGET);
      Check inodes = Checks.inodes(disk.directory(), TARGET);
      assertThat(run(bytes).status()).isEqualTo(Status.HEALTHY);
      assertThat(run(inodes).status()).isEqualTo(Status.HEALTHY);

      assertThatThrownBy(() -> disk.write("too-much", 9 * MEBI)).isInstanceOf(IOException.class);
      assertThat(run(bytes)).isEqualTo(CheckResult.unhealthy("disk 100% used (target 50%)"));
      assertThat(run(inodes).status()).as("one file has all").isEqualTo(Status.HEALTHY);
      disk.clear();

      assertThatThrownBy(() -> disk.createFiles(201)).isInstanceOf(IOException.class);
      assertThat(run(inodes)).isEqualTo(CheckResult.unhealthy("inodes 100% used (target 50%)"));
      assertThat(run(bytes).status()).as("empty files have names").isEqualTo(Status.HEALTHY);
      disk.clear();
      assertThat(run(bytes).status()).isEqualTo(Status.HEALTHY);
      assertThat(run(inodes).status()).isEqualTo(Status.HEALTHY);
    }
  }

  @Test
  void aPathThatIsGoneFailsUntilItIsBack() throws Exception {
    Path gone = directory.resolve("gone");
    Check check = Checks.inodes(gone, BigDecimal.ONE);

    assertThat(run(check)).isEqualTo(CheckResult.unhealthy("the watched path does not exist"));
    Files.createDirectory(gone);
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
  }

  @Test
  void aFileSystemWithoutAFixedNumberOfInodesIsHealthy() throws Exception {
    assertThat(run(Checks.inodes(Path.of("/proc"), TARGET)))
        .isEqualTo(CheckResult.healthy("the file system has no fixed number of inodes"));
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(1)));
  }
}
