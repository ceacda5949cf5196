package dev.nines.ops.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A program of Debian's: {@code promtool}, {@code amtool}. In CI it must be there. */
public record Tool(int exitCode, String said) {

  public static Tool run(List<String> command) throws Exception {
    require(command.get(0));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Tool(process.waitFor(), said);
  }

  public static Tool run(String... command) throws Exception {
    return run(Arrays.asList(command));
  }

  /** Skips the test where the program is missing, but never in CI. */
  public static void require(String program) {
    boolean there = Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeTrue(System.getenv("CI") != null || there, program + " is not installed");
  }

  public String succeeded() {
    assertThat(exitCode).as(said).isZero();
    return said;
  }
}
