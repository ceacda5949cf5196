package dev.nines.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service that OpenTelemetry's Java agent instruments. */
class JavaAgentTest {

  /** As the agent tells of a span on the console: its name, trace and id. */
  private static final Pattern SERVER_SPAN =
      Pattern.compile("'([^']*)' : ([0-9a-f]{32}) ([0-9a-f]{16}) SERVER");

  private static final Pattern PORT = Pattern.compile("started on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir
  Path directory;

  /** Runs the sample until it is told to end. */
  static final class Main {

    private Main() {}

    public static void main(String[] arguments) {
      SpringApplication.run(SampleService.class, arguments);
    }
  }

  @Test
  void theAgentsServerSpanIsTheOnlyOneAndTheLinesHaveItsIds() throws Exception {
    Process service = start();
    try {
      await()
          .atMost(PATIENCE)
          .until(() -> !service.isAlive() || events("lifecycle_ready").count() == 1);
      get("/hello");
      await().atMost(PATIENCE).until(() -> !serverSpans().isEmpty());
      await().atMost(PATIENCE).until(() -> events("http_request").count() == 1);
    } finally {
      service.destroy();
      assertThat(service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    JsonNode line = events("http_request").findFirst().orElseThrow();
    assertThat(serverSpans()).singleElement().satisfies(span -> assertThat(span)
        .returns("GET /hello", result -> result.group(1))
        .returns(line.path("trace_id").asString(), result -> result.group(2))
        .returns(line.path("span_id").asString(), result -> result.group(3)));
    assertThat(events("instrumentation_found"))
        .singleElement()
        .extracting(event -> event.path("message").asString())
        .asString()
        .startsWith("Requests are recorded by Nines, their spans by the agent");
  }

  private List<MatchResult> serverSpans() throws IOException {
    return SERVER_SPAN
        .matcher(Files.readString(directory.resolve("err.log")))
        .results()
        .toList();
  }

  /** The last line may be written only in part yet. */
  private Stream<JsonNode> events(String type) throws IOException {
    return Files.readAllLines(directory.resolve("out.log")).stream()
        .filter(line -> line.startsWith("{") && line.endsWith("}"))
        .map(JsonMapper.shared()::readTree)
        .filter(line -> line.path("event_type").asString("").equals(type));
  }

  private void get(String path) throws IOException, InterruptedException {
    String port = PORT.matcher(Files.readString(directory.resolve("out.log")))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(PATIENCE)
        .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
  }

  private Process start() throws IOException {
    ProcessBuilder service = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-javaagent:target/opentelemetry-javaagent.jar",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "--server.port=0",
        "--nines.lifecycle.pre-stop=0s");
    service
        .environment()
        .putAll(Map.of(
            "OTEL_TRACES_EXPORTER", "console",
            "OTEL_METRICS_EXPORTER", "none",
            "OTEL_LOGS_EXPORTER", "none"));
    return service
        .redirectOutput(directory.resolve("out.log").toFile())
        .redirectError(directory.resolve("err.log").toFile())
        .start();
  }
}
