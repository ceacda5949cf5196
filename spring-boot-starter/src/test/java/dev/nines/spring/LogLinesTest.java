package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {

  @TempDir
  Path directory;

  @Test
  void inProductionEachLineIsJsonFromTheFirstToTheLast() throws Exception {
    List<JsonNode> lines = run().stream().map(LogLinesTest::json).toList();

    assertThat(lines.get(0).path("message").asString()).startsWith("Starting SampleMain");
    assertThat(lines.stream()
            .filter(line -> line.path("event_type").asString().equals("http_request")))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.path("route").asString()).isEqualTo("/hello");
          assertThat(line.path("trace_id").asString()).hasSize(32);
          assertThat(line.path("service").asString()).isEqualTo("application");
        });
    assertThat(lines)
        .extracting(line -> line.path("message").asString())
        .anyMatch(message -> message.startsWith("HikariPool-1 - Shutdown completed"));
  }

  @Test
  void aLayoutHoldsFromTheFirstLineToo() throws Exception {
    assertThat(run("--nines.logging.layout=ecs"))
        .allSatisfy(line -> assertThat(json(line).path("@timestamp").asString()).isNotEmpty());
  }

  @Test
  void onADevelopersConsoleLinesHaveBootsOwnForm() throws Exception {
    List<String> lines = run("--spring.profiles.active=dev");
    assertThat(lines)
        .anyMatch(line -> line.contains(":: Spring Boot ::"))
        .anyMatch(line -> line.matches(".* INFO .* access +: GET /hello 200"))
        .noneMatch(line -> line.startsWith("{"));
  }

  @Test
  void structuredLoggingOfBootsIsLeftAlone() throws Exception {
    assertThat(run("--logging.structured.format.console=ecs"))
        .allSatisfy(line -> assertThat(json(line).path("ecs").path("version").asString())
            .as(line)
            .isEqualTo("8.11"));
  }

  @Test
  void aConfigurationOfTheUsersDecidesUntilNinesOpens() throws Exception {
    Path own = Files.writeString(directory.resolve("own.xml"), """
        <configuration>
          <appender name="MINE" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>mine %msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="MINE"/></root>
        </configuration>
        """);
    List<String> lines = run("--logging.config=" + own);
    assertThat(lines.get(0)).startsWith("mine Starting SampleMain");
    assertThat(lines).anyMatch(line -> line.startsWith("{") && line.contains("http_request"));
  }

  @Test
  void switchedOffItLeavesTheConsoleToBoot() throws Exception {
    assertThat(run("--nines.enabled=false"))
        .noneMatch(line -> line.startsWith("{") || line.contains("GET /hello"));
  }

  @Test
  void aServiceWithAnotherPoolThanHikariStarts() throws Exception {
    String withoutHikari = Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(entry -> !entry.contains("HikariCP"))
        .collect(Collectors.joining(":"));
    assertThat(runOn(withoutHikari)).anyMatch(line -> line.contains("GET /hello 200"));
  }

  private List<String> run(String... arguments) throws Exception {
    return runOn(System.getProperty("java.class.path"), arguments);
  }

  private List<String> runOn(String classpath, String... arguments) throws Exception {
    Path out = directory.resolve("out.log");
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        classpath,
        SampleMain.class.getName(),
        "--server.port=0",
        "--nines.lifecycle.pre-stop=0s"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(out);
  }

  private static JsonNode json(String line) {
    try {
      return JsonMapper.shared().readTree(line);
    } catch (JacksonException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }
}
