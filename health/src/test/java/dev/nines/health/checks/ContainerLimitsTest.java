package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A process within the limits of a real container. Needs leave to make one; {@link LocalChecksTest} holds for both versions
 * of control groups where there is none.
 */
class ContainerLimitsTest {

  private static final long LIMIT_BYTES = 256L << 20;

  @Test
  void aProcessAtTheLimitsOfItsContainerDegradesUntilItGivesBack() throws Exception {
    try (ControlGroup group = ControlGroup.make().orElse(null)) {
      if (group == null) {
        return;
      }
      Path file = Files.createTempFile(Path.of("/dev/shm"), "nines", ".fill");
      try (Limited process = new Limited(group, file)) {
        assertThat(process.tell("memory")).isEqualTo("HEALTHY");
        process.tell("fill");
        assertThat(process.tell("memory")).isEqualTo("DEGRADED");
        process.tell("free");
        assertThat(process.tell("memory")).isEqualTo("HEALTHY");

        group.limitProcessors(0.1);
        process.tell("work");
        awaitCpu(process, "DEGRADED");
        process.tell("rest");
        awaitCpu(process, "HEALTHY");
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Readings less than a second apart are the same. */
  private static void awaitCpu(Limited process, String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(1_100))
        .until(() -> process.tell("cpu").equals(status));
  }

  /** A {@link LimitedProbe} in a group. */
  private static final class Limited implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;

    Limited(ControlGroup group, Path file) throws IOException {
      group.limitMemory(LIMIT_BYTES);
      process = new Probe(LimitedProbe.class).option("-Xmx32m").start(file.toString());
      answers = process.inputReader(StandardCharsets.US_ASCII);
      assertThat(answers.readLine()).isEqualTo("started");
      group.add(process);
    }

    String tell(String what) throws IOException {
      process.getOutputStream().write((what + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
      return answers.readLine();
    }

    @Override
    public void close() {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
