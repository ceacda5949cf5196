package dev.nines.examples.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.examples.spring.sandbox.SandboxMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in its sandbox, in a JVM of its own, on free ports and with quicker targets. */
final class RunningOrders implements AutoCloseable {

  /** Nothing here takes so long, however busy the machine is. */
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Map<String, String> QUICK = Map.of(
      "SERVER_PORT", "0",
      "NINES_ADMIN_PORT", "0",
      "NINES_TARGETS_RECOVERY_DETECTION", "10s",
      "NINES_TARGETS_LATENCY_P99", "2s", // and with it each call's deadline, for a busy machine
      "NINES_LIFECYCLE_PRE_STOP", "3s");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final Process process;

  private RunningOrders(Process process) {
    this.process = process;
    read(process.getInputStream(), out::add);
    read(process.getErrorStream(), err::add);
  }

  /** Starts it, and waits until it is ready. */
  static RunningOrders start(Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // JaCoCo's agent, where there is one, so that the coverage of the child counts.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent"))
        .forEach(command::add);
    // Quick to start rather than quick for long.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), SandboxMain.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(QUICK);
    builder.environment().putAll(environment);
    RunningOrders service = new RunningOrders(builder.start());
    await()
        .atMost(PATIENCE)
        .until(() -> !service.process.isAlive() || service.url("admin").isPresent());
    assertThat(service.process.isAlive())
        .as(() -> String.join("\n", service.out))
        .isTrue();
    await().atMost(PATIENCE).until(() -> service.admin("/ready").statusCode() == 200);
    return service;
  }

  /** Sends SIGTERM. */
  void terminate() {
    // Process.destroy would also close the streams that tell how it ends.
    process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The service doesn't end; it said:\n" + String.join("\n", out));
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    terminate();
    exitCode();
  }

  /** Returns the log lines so far, each of which must be JSON. */
  Stream<JsonNode> log() {
    return out.stream().map(JSON::readTree);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("orders", path, "GET", "");
  }

  HttpResponse<String> admin(String path) throws IOException, InterruptedException {
    return send("admin", path, "GET", "");
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send("orders", path, "POST", body, headers);
  }

  HttpResponse<String> order(String... headers) throws IOException, InterruptedException {
    return post("/orders", "{\"item\":\"book\",\"cents\":1999}", headers);
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(
      String part, String path, String method, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(part).orElseThrow() + path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Returns where a part listens, once the guide has said so. */
  private Optional<String> url(String part) {
    return Pattern.compile("(?m)^\\s*" + part + "\\s+(http://localhost:\\d+)")
        .matcher(String.join("\n", err))
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst();
  }

  private static void read(InputStream stream, Consumer<String> lines) {
    Thread reader = new Thread(
        () -> new BufferedReader(new InputStreamReader(stream, UTF_8)).lines().forEach(lines));
    reader.setDaemon(true);
    reader.start();
  }
}
