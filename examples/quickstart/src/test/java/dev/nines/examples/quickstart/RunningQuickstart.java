package dev.nines.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The quickstart in a JVM of its own, as a newcomer runs it, on free ports and with quicker targets. */
final class RunningQuickstart implements BeforeAllCallback, AfterAllCallback {

  /** The service's detection target here: its checks need some 4 s of it, the rest is for a busy machine. */
  static final Duration DETECTION = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final Map<String, String> environment;
  private Process process;

  RunningQuickstart(Map<String, String> environment) {
    this.environment = environment;
  }

  static RunningQuickstart withQuickerTargets() {
    return withQuickerTargets(DETECTION);
  }

  static RunningQuickstart withQuickerTargets(Duration detection) {
    return new RunningQuickstart(Map.of(
        "NINES_TARGETS_RECOVERY_DETECTION", detection.toSeconds() + "s",
        "NINES_TARGETS_LATENCY_P99", "2s", // and with it each call's deadline, for a busy machine
        "NINES_LIFECYCLE_PRE_STOP", "3s"));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    start();
    await().atMost(PATIENCE).until(() -> !process.isAlive() || url("admin") != null);
    assertThat(process.isAlive()).as(() -> String.join("\n", err)).isTrue();
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    stop();
  }

  RunningQuickstart start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // JaCoCo's agent, where there is one, so that the coverage of the child counts.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Map.of("PORT", "0", "ADMIN_PORT", "0"));
    builder.environment().putAll(environment);
    process = builder.start();
    read(process.getInputStream(), out::add);
    read(process.getErrorStream(), err::add);
    return this;
  }

  /** Sends SIGTERM, and waits for the end. */
  int stop() throws InterruptedException {
    terminate();
    return exitCode();
  }

  /** Sends SIGTERM. */
  void terminate() {
    // Process.destroy would also close the streams that tell how it ends.
    process.toHandle().destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The quickstart doesn't end; it said:\n" + String.join("\n", out));
    }
    return process.exitValue();
  }

  List<String> err() {
    return err;
  }

  /** Returns the log lines so far, each of which must be JSON. */
  List<JsonNode> log() {
    return out.stream().map(JSON::readTree).toList();
  }

  Answered get(String path) {
    return send(request(url("orders") + path).GET());
  }

  Answered admin(String path) {
    return send(request(url("admin") + path).GET());
  }

  Answered post(String path, String body) {
    return post(path, body, Map.of());
  }

  Answered post(String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request = request(url("orders") + path).POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request);
  }

  Answered send(String method, String path, String body) {
    return send(request(url("orders") + path).method(method, BodyPublishers.ofString(body)));
  }

  /** Returns where a part listens, as the guide says; null until it has said so. */
  String url(String part) {
    Pattern line = Pattern.compile("\\s*" + part + "\\s+(http://localhost:\\d+).*");
    return err.stream()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .findFirst()
        .orElse(null);
  }

  private static HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE);
  }

  private Answered send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answered(response.statusCode(), response.body(), response);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static void read(InputStream stream, Consumer<String> lines) {
    Thread reader = new Thread(
        () -> new BufferedReader(new InputStreamReader(stream, UTF_8)).lines().forEach(lines));
    reader.setDaemon(true);
    reader.start();
  }

  /** What came back. */
  record Answered(int status, String body, HttpResponse<String> response) {

    JsonNode json() {
      return JSON.readTree(body);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }
}
