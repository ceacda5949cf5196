package dev.nines.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a request costs that nobody records, in bytes, which are the same on every machine. */
class EnvelopeBytesTest {

  private static final long MOST = 72;

  @Test
  void aRequestThatNobodyRecordsStaysWithinItsBudget() throws Exception {
    // OpenTelemetry's test library puts a context storage of its own in place of the usual one.
    String classPath = Arrays.stream(
            System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("opentelemetry-sdk-testing"))
        .collect(Collectors.joining(File.pathSeparator));
    Process probe = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            EnvelopeProbe.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String bytes = new String(probe.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

    assertThat(probe.waitFor()).isZero();
    assertThat(Long.parseLong(bytes.trim())).isBetween(1L, MOST);
  }
}
