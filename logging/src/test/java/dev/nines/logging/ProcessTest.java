package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Whole processes, for Logback configures itself once in each. */
class ProcessTest {

  private static final String TEXT_APPENDER = """
      <appender name="MINE" class="ch.qos.logback.core.ConsoleAppender">
        <encoder><pattern>TEXT %msg%n</pattern></encoder>
      </appender>
      """;

  @TempDir
  Path directory;

  @Test
  void withoutAConfigurationEveryLineIsJsonAndNoneIsLostAtTheExit() throws Exception {
    List<JsonNode> lines = Lines.parse(run(null));

    assertThat(lines)
        .extracting(line -> line.get("message").asString())
        .containsExactly("running", "GET /orders/{id} 200", "closed", "last words");
    assertThat(lines).extracting(line -> line.get("service").asString()).containsOnly("checkout");
  }

  @Test
  void anIncludeInTheUsersConfigurationDoesTheSameFromTheFirstLineOn() throws Exception {
    List<JsonNode> lines = Lines.parse(run("""
        <include resource="dev/nines/logging/nines.xml"/>
        <root level="DEBUG"/>
        """));

    assertThat(lines)
        .extracting(line -> line.get("message").asString())
        .containsExactly("early", "running", "GET /orders/{id} 200", "closed", "last words");
    assertThat(lines.get(0).get("service").asString()).isEqualTo("unknown");
    assertThat(lines.get(0).get("level").asString()).isEqualTo("DEBUG");
    assertThat(lines.get(1).get("service").asString()).isEqualTo("checkout");
  }

  @Test
  void aConfigurationOfTheUsersOwnIsReplacedWithAnEventAndPutBackAtTheEnd() throws Exception {
    List<String> lines = run(TEXT_APPENDER
            + "<root level=\"DEBUG\"><appender-ref ref=\"MINE\"/></root>")
        .lines()
        .toList();

    assertThat(lines.get(0)).isEqualTo("TEXT early");
    JsonNode told = Lines.parse(lines.get(1)).get(0);
    assertThat(told.get("event_type").asString()).isEqualTo("logging_replaced");
    assertThat(told.get("appenders").toString()).isEqualTo("[\"MINE\"]");
    assertThat(Lines.parse(lines.get(2)).get(0).get("message").asString()).isEqualTo("running");
    assertThat(lines.subList(4, 6)).containsExactly("TEXT closed", "TEXT last words");
  }

  private String run(String configuration) throws IOException, InterruptedException {
    Path file = directory.resolve("logback.xml");
    Path out = directory.resolve("out");
    if (configuration != null) {
      Files.writeString(file, "<configuration>" + configuration + "</configuration>");
    }
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            directory
                + System.getProperty("path.separator")
                + System.getProperty("java.class.path"),
            Main.class.getName(),
            String.valueOf(configuration != null))
        .redirectOutput(out.toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(directory.resolve("err")))
        .isEqualTo(3);
    return Lines.decode(Files.readAllBytes(out));
  }

  static final class Main {

    private static final Logger LOG = LoggerFactory.getLogger("com.acme.Main");

    private Main() {}

    public static void main(String[] arguments) {
      if (Boolean.parseBoolean(arguments[0])) {
        LOG.debug("early");
      }
      try (TestService service = new TestService("checkout", JsonLogging.toStdout())) {
        LOG.info("running");
        service.begin("GET", "/orders/{id}").end(200);
      }
      LOG.warn("closed");
      new Thread(() -> {
            LOG.error("last words");
            System.exit(3);
          })
          .start();
    }
  }
}
