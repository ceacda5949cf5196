package dev.nines.ops.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nines.ops.cli.NinesCommand;
import dev.nines.ops.prometheus.RealPrometheus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A real service, deployed anew while the command watches it. */
class RealWatchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ExecutorService workers = Executors.newCachedThreadPool();

  @TempDir
  private Path directory;

  private RealService service;
  private String declaration;
  private volatile String query = "well";
  private volatile boolean busy;

  @BeforeEach
  void serve() throws IOException {
    service = new RealService("1");
    declaration = Files.writeString(directory.resolve("reliability.yaml"), """
            service: checkout
            targets:
              errorRate: 1%
              latency: {p95: 500ms, p99: 2s}
              saturation: {cpu: 100%, memory: 100%, disk: 100%}
            lifecycle: {start: 10s, preStop: 0s, drain: 1s, grace: 30s}
            """).toString();
  }

  @AfterEach
  void stop() throws InterruptedException {
    busy = false;
    workers.shutdown();
    assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    service.close();
  }

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("watch", declaration));
    arguments.addAll(List.of(more));
    return NinesCommand.run(
        new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
  }

  private Future<Integer> watching(String... more) {
    List<String> arguments = new ArrayList<>(List.of(
        "--instance", service.admin().toString(),
        "--version", "2",
        "--warm-up", "0s",
        "--interval", "200ms"));
    arguments.addAll(List.of(more));
    return workers.submit(() -> run(arguments.toArray(String[]::new)));
  }

  private void awaitLine(String part) {
    Awaitility.await().atMost(PATIENCE).until(() -> err.toString().contains(part));
  }

  private static int end(Future<Integer> watch) throws Exception {
    return watch.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Requests come from now on, whatever runs there. */
  private void traffic() {
    traffic(4);
  }

  private void traffic(int callers) {
    busy = true;
    for (int i = 0; i < callers; i++) {
      Callable<Void> caller = () -> {
        for (int at = 0; busy; at++) {
          try {
            service.requests(1, at % 5 == 0 ? query : "well");
          } catch (IOException betweenTwoVersions) {
            Thread.onSpinWait();
          }
        }
        return null;
      };
      workers.submit(caller);
    }
  }

  private JsonNode report() {
    return new YAMLMapper().readTree(out.toString());
  }

  /** The report that docs/deployments.md shows. */
  private static JsonNode guide() throws IOException {
    String guide = Files.readString(Path.of("../docs/deployments.md"));
    String begin = "```yaml report\n";
    int from = guide.indexOf(begin) + begin.length();
    return new YAMLMapper().readTree(guide.substring(from, guide.indexOf("```", from)));
  }

  private void deploy(String kind) throws IOException {
    service.deploy("2");
    query = kind;
    traffic();
  }

  @Test
  void aGoodDeploymentIsASuccess() throws Exception {
    service.requests(1_000, "well");
    Future<Integer> watch =
        watching("--duration", "6s", "--pipeline", "run 17", "--smoke", service.admin() + "/ready");
    awaitLine("waiting for the version");
    deploy("well");

    assertThat(end(watch)).as(err.toString()).isZero();

    assertThat(err.toString()).contains("1 of 1 ready", "SUCCESS");
    JsonNode report = report();
    assertThat(report.propertyNames())
        .containsExactly(
            "deployment_status",
            "environment",
            "version",
            "timestamp",
            "pipeline",
            "health_checks",
            "metrics",
            "budget",
            "rollback_plan",
            "incidents",
            "next_steps");
    assertThat(guide().propertyNames()).containsExactlyElementsOf(report.propertyNames());
    assertThat(report.at("/rollback_plan").propertyNames())
        .containsExactlyElementsOf(guide().at("/rollback_plan").propertyNames());
    assertThat(report.at("/metrics").propertyNames())
        .containsAll(guide().at("/metrics").propertyNames());
    assertThat(report.get("deployment_status").asString()).isEqualTo("SUCCESS");
    assertThat(report.get("environment").asString()).isEqualTo("test");
    assertThat(report.get("version").asString()).isEqualTo("2");
    assertThat(report.get("pipeline").asString()).isEqualTo("run 17");
    assertThat(report.at("/health_checks/0/endpoint").asString()).endsWith("/ready");
    assertThat(report.at("/health_checks/0/status").asString()).isEqualTo("200");
    assertThat(report.at("/health_checks/1/endpoint").asString()).endsWith("/health");
    assertThat(report.at("/health_checks/1/status").asString()).isIn("healthy", "degraded");
    assertThat(report.at("/health_checks/1/response_time").asDouble()).isPositive();
    for (String metric : List.of("error_rate", "latency_p95", "latency_p99", "throughput")) {
      assertThat(report.get("metrics").get(metric).propertyNames())
          .containsExactly("before", "after", "change", "significance");
    }
    assertThat(report.at("/metrics/error_rate/before").doubleValue()).isZero();
    assertThat(report.at("/metrics/latency_p99/after").asDouble()).isBetween(1e-4, 2.0);
    assertThat(report.at("/metrics/throughput/after").asDouble()).isGreaterThan(50);
    assertThat(report.at("/metrics/saturation_memory/after").asDouble()).isBetween(0.01, 1.0);
    assertThat(report.at("/budget/0/objective").asString()).isEqualTo("errors");
    assertThat(report.at("/budget/0/left").asDouble()).isEqualTo(1);
    assertThat(report.at("/rollback_plan/status").asString()).isEqualTo("not needed");
  }

  @Test
  void aBadDeploymentIsRolledBackByTheCommand() throws Exception {
    BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    HttpServer deck = deck(posted);
    try {
      String address = "http://127.0.0.1:" + deck.getAddress().getPort();
      Path notify = Files.writeString(directory.resolve("url"), address + "/hook/s3cr3t\n");
      service.requests(1_000, "well");
      Future<Integer> watch = watching(
          "--duration",
          "30s",
          "--rollback-command",
          "echo back to 1; curl -sf -X POST " + address + "/rollback",
          "--notify-url-file",
          notify.toString());
      awaitLine("waiting for the version");
      deploy("bad");

      assertThat(end(watch)).as(err.toString()).isEqualTo(3);

      assertThat(err.toString())
          .contains("FAILED: errors: 2", "rollback: back to 1", "rollback done after")
          .doesNotContain("30s of 30s", "s3cr3t");
      assertThat(out.toString()).doesNotContain("s3cr3t");
      JsonNode report = report();
      assertThat(report.get("deployment_status").asString()).isEqualTo("ROLLED_BACK");
      assertThat(report.at("/metrics/error_rate/before").doubleValue()).isZero();
      assertThat(report.at("/metrics/error_rate/after").asDouble()).isBetween(0.1, 0.3);
      assertThat(report.at("/metrics/error_rate/significance").doubleValue()).isLessThan(0.01);
      assertThat(report.at("/rollback_plan/status").asString()).isEqualTo("done");
      assertThat(report.at("/rollback_plan/took").asDouble()).isBetween(0.01, 60.0);
      assertThat(report.at("/rollback_plan/target").asInt()).isEqualTo(300);
      assertThat(report.at("/rollback_plan/within_target").asBoolean()).isTrue();
      assertThat(report.at("/rollback_plan/version_gone").asBoolean()).isTrue();
      assertThat(report.get("incidents").toString()).contains("errors: 2");
      JsonNode post = JsonMapper.shared().readTree(posted.poll(30, TimeUnit.SECONDS));
      assertThat(post.get("text").asString())
          .startsWith("Deployment of checkout 2: ROLLED_BACK: errors");
      assertThat(post.get("deployment_status").asString()).isEqualTo("ROLLED_BACK");
    } finally {
      deck.stop(0);
    }
  }

  /** Takes posts, and rolls back when it is asked to. */
  private HttpServer deck(BlockingQueue<String> posted) throws IOException {
    HttpServer deck =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    deck.createContext("/hook/s3cr3t", exchange -> {
      posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    deck.createContext("/rollback", exchange -> {
      query = "well";
      service.deploy("1");
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    deck.start();
    return deck;
  }

  @Test
  void aSlowDeploymentFails() throws Exception {
    service.requests(1_000, "well");
    Future<Integer> watch = watching("--duration", "30s");
    awaitLine("waiting for the version");
    deploy("slow");

    assertThat(end(watch)).as(err.toString()).isEqualTo(1);

    assertThat(report().get("deployment_status").asString()).isEqualTo("FAILED");
    assertThat(report().at("/rollback_plan/status").asString()).isEqualTo("no command");
    assertThat(report().at("/next_steps/0").asString())
        .isEqualTo("Roll back, for no --rollback-command was given.");
    assertThat(err.toString()).contains("FAILED: latency_p95");
  }

  @Test
  void aRollbackThatFailsHasACodeOfItsOwn() throws Exception {
    service.requests(1_000, "well");
    Future<Integer> watch =
        watching("--duration", "30s", "--rollback-command", "echo no permission >&2; exit 7");
    awaitLine("waiting for the version");
    deploy("bad");

    assertThat(end(watch)).as(err.toString()).isEqualTo(4);

    assertThat(err.toString()).contains("rollback: no permission", "and the rollback failed");
    assertThat(report().get("deployment_status").asString()).isEqualTo("FAILED");
    assertThat(report().at("/rollback_plan/status").asString()).isEqualTo("failed: exit code 7");
    assertThat(report().at("/next_steps/0").asString()).contains("roll back by hand, now");
  }

  @Test
  void anIdleDeploymentIsInconclusive() throws Exception {
    service.requests(1_000, "well");
    Future<Integer> watch = watching("--duration", "1s");
    awaitLine("waiting for the version");
    service.deploy("2");

    assertThat(end(watch)).as(err.toString()).isEqualTo(2);

    assertThat(err.toString()).contains("errors: there was no request to judge by");
    assertThat(report().at("/metrics/error_rate/after").isNull()).isTrue();
  }

  /** Ten seconds of waiting, beside which others go on. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void anInstanceThatHangsIsMissingAndHoldsNobodyUp() throws Exception {
    service.deploy("2");
    traffic(1);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket closed = new ServerSocket(0)) {
      int nobody = closed.getLocalPort();
      closed.close();
      long began = System.nanoTime();
      Future<Integer> watch = watching(
          "--duration", "1s",
          "--instance", "http://127.0.0.1:" + silent.getLocalPort(),
          "--instance", "http://127.0.0.1:" + nobody);

      assertThat(end(watch)).as(err.toString()).isEqualTo(2);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));
      assertThat(err.toString())
          .contains(silent.getLocalPort() + ": no answer within 5000 ms")
          .contains(nobody + ": nobody listens there");
    }
  }

  @Test
  void aRestartDuringTheWatchIsToldAndNoRegression() throws Exception {
    service.deploy("2");
    traffic();
    Future<Integer> watch = watching("--duration", "3s");
    awaitLine("1s of 3s");
    service.deploy("2");

    assertThat(end(watch)).as(err.toString()).isIn(0, 2);

    assertThat(report().at("/metrics/error_rate/after").doubleValue()).isLessThan(0.01);
    assertThat(report().at("/metrics/throughput/after").asDouble()).isPositive();
  }

  @Test
  void aSmokeTestThatFailsEndsItAtOnce() {
    Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(service::isReady);
    int code = run(
        "--instance",
        service.admin().toString(),
        "--wait",
        "0s",
        "--smoke",
        service.admin() + "/ready",
        "--smoke",
        service.admin() + "/nowhere");

    assertThat(code).as(err.toString()).isEqualTo(1);
    assertThat(err.toString()).contains("/nowhere failed: 404");
    assertThat(report().at("/health_checks/0/status").asString()).isEqualTo("200");
    assertThat(report().at("/health_checks/1/status").asString()).isEqualTo("404");
  }

  @Test
  void aPrometheusThatIsDownIsInconclusive() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = closed.getLocalPort();
    }

    int code = run(
        "--prometheus", "http://127.0.0.1:" + nobody,
        "--wait", "500ms",
        "--warm-up", "0s",
        "--interval", "200ms");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .contains("no data: Prometheus at 127.0.0.1:" + nobody + ": nobody listens there")
        .contains("INCONCLUSIVE");
  }

  @Test
  void throughPrometheusAGoodDeploymentSucceedsAndABadOneFails() throws Exception {
    try (RealPrometheus prometheus = new RealPrometheus(
        directory, RealPrometheus.scraping("checkout", service.admin().resolve("/metrics")))) {
      traffic();
      Awaitility.await().atMost(PATIENCE).until(() -> scraped(prometheus) > 500);
      Future<Integer> good = throughPrometheus(prometheus, "1", "8s");
      assertThat(end(good)).as(err.toString()).isZero();
      assertThat(report().at("/metrics/error_rate/before").doubleValue()).isZero();
      assertThat(report().at("/metrics/latency_p95/before").asDouble()).isPositive();
      assertThat(report().at("/metrics/throughput/before").asDouble()).isPositive();
      assertThat(report().at("/health_checks/0/status").asString()).isEqualTo("ready");
      assertThat(report().at("/budget/0/objective").asString()).isEqualTo("errors");
      assertThat(report().at("/budget/0/left").asDouble()).isEqualTo(1);
      out.getBuffer().setLength(0);

      Future<Integer> bad = throughPrometheus(prometheus, "2", "30s");
      awaitLine("waiting for the version");
      query = "bad";
      service.deploy("2");
      assertThat(end(bad)).as(err.toString()).isEqualTo(1);

      assertThat(report().get("deployment_status").asString()).isEqualTo("FAILED");
      assertThat(report().get("version").asString()).isEqualTo("2");
      assertThat(report().at("/metrics/error_rate/before").doubleValue()).isZero();
      assertThat(report().at("/metrics/error_rate/after").asDouble()).isBetween(0.1, 0.3);
    }
  }

  private Future<Integer> throughPrometheus(
      RealPrometheus prometheus, String version, String duration) {
    return workers.submit(() -> run(
        "--prometheus",
        prometheus.uri().toString(),
        "--version",
        version,
        "--environment",
        "test",
        "--warm-up",
        "0s",
        "--interval",
        "500ms",
        "--duration",
        duration));
  }

  private static double scraped(RealPrometheus prometheus) throws Exception {
    return prometheus
        .client()
        .query(
            "sum(increase(nines_requests_good_total{objective=\"errors\"}[1m]))",
            java.time.Instant.now())
        .stream()
        .mapToDouble(dev.nines.ops.prometheus.Sample::value)
        .sum();
  }

  @Test
  void theGateAsksTheInstancesThemselves() throws Exception {
    service.requests(1_000, "well");
    assertThat(gate(service.admin().toString())).as(err.toString()).isZero();
    assertThat(out.toString()).contains("errors", "100.0 % left", "You may deploy.");

    service.requests(500, "bad");
    Awaitility.await().atMost(PATIENCE).until(() -> gate(service.admin().toString()) == 1);
    assertThat(out.toString())
        .contains(
            "Don't deploy: errors burns its budget: over 12.96% of the requests of the last 1h");

    assertThat(gate("http://127.0.0.1:1")).isEqualTo(2);
    assertThat(out.toString()).contains("Can't tell: 127.0.0.1:1: nobody listens there.");
  }

  private int gate(String instance) {
    return NinesCommand.run(
        new PrintWriter(out), new PrintWriter(err), "gate", declaration, "--instance", instance);
  }

  @Test
  void callingItWronglyIsNoVerdict() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "targets: {errorRate: few}\n");
    String admin = service.admin().toString();

    assertThat(run()).isEqualTo(64);
    assertThat(run("--instance", admin, "--prometheus", admin)).isEqualTo(64);
    assertThat(run("--instance", "ftp://x")).isEqualTo(64);
    assertThat(run("--instance", admin, "--duration", "1s", "--interval", "1s")).isEqualTo(64);
    assertThat(run("--instance", admin, "--duration", "long")).isEqualTo(64);
    assertThat(run("--instance", admin, "--version", "1", "--baseline", "1")).isEqualTo(64);
    declaration = wrong.toString();
    assertThat(run("--instance", admin)).isEqualTo(64);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains("either --prometheus URL or --instance URL")
        .contains("instance: ftp://x (expected: an address")
        .contains("at least twice the interval")
        .contains("a duration such as")
        .contains("another version than the one judged")
        .contains("errorRate");
  }
}
