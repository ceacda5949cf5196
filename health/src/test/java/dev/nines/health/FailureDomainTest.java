package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.http.Routes;
import dev.nines.targets.DependencyTargets.OnFailure;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.ManualTime;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failure does to readiness depends on who else it hits, and on what was declared. */
class FailureDomainTest {

  private static final String QUICK = """
      targets: {recovery: {detection: 5s}}
      lifecycle: {preStop: 0s, drain: 0s, grace: 10s}
      """;

  @TempDir
  Path directory;

  private final AtomicBoolean down = new AtomicBoolean();
  private final List<Nines> started = new ArrayList<>();
  private Nines nines;

  @AfterEach
  void close() {
    started.forEach(Nines::close);
  }

  private record Declared(
      String yaml, Map<String, String> environment, Optional<OnFailure> code, int expectedOfReady) {

    Declared(String yaml, int expectedOfReady) {
      this(yaml, Map.of(), Optional.empty(), expectedOfReady);
    }

    Dependency in(FailureDomainTest test) {
      Dependency dependency = yaml.contains("required: true")
          ? Dependency.required("orders-db", run -> test.answer())
          : Dependency.optional("orders-db", run -> test.answer());
      return code.map(dependency::onFailure).orElse(dependency);
    }
  }

  private static final List<Declared> DECLARATIONS = List.of(
      new Declared("required: true", 503),
      new Declared("required: true, onFailure: unready", 503),
      new Declared("required: true, onFailure: degrade", 200),
      new Declared("required: false", 200),
      new Declared("required: false, onFailure: degrade", 200),
      new Declared("required: true", variable("degrade"), Optional.empty(), 200),
      new Declared(
          "required: true, onFailure: degrade", variable("unready"), Optional.empty(), 503),
      new Declared("required: true", Map.of(), Optional.of(OnFailure.DEGRADE), 200),
      new Declared(
          "required: true, onFailure: degrade",
          variable("degrade"),
          Optional.of(OnFailure.UNREADY),
          503));

  private static Map<String, String> variable(String onFailure) {
    return Map.of("NINES_DEPENDENCIES_ORDERS_DB_ON_FAILURE", onFailure);
  }

  @Test
  void aSharedDependencyThatIsDownDoesWhatItsDeclarationSays() throws Exception {
    Map<Declared, Nines> services = new LinkedHashMap<>();
    for (Declared declared : DECLARATIONS) {
      ReliabilityTargets targets =
          targets("dependencies: {orders-db: {" + declared.yaml + "}}", declared.environment);
      start(targets, builder -> builder.dependency(declared.in(this)));
      services.put(declared, nines);
    }
    down.set(true);

    services.forEach((declared, service) -> {
      nines = service;
      awaitBody("\"orders-db\":{\"status\":\"unhealthy\"}");
      assertThat(status("/ready")).as(declared.toString()).isEqualTo(declared.expectedOfReady);
      assertThat(status("/live")).isEqualTo(200);
      String overall = declared.expectedOfReady == 200 ? "degraded" : "unhealthy";
      assertThat(body()).startsWith("{\"status\":\"" + overall + "\"");
    });
  }

  @Test
  void aFaultOfTheInstanceTakesReadinessThoughItsDependencyOnlyDegrades() throws Exception {
    start(
        targets("", Map.of()),
        builder -> builder.dependency(
            Dependency.required("orders-db", run -> CheckResult.unhealthy("refused"))
                .onFailure(OnFailure.DEGRADE)),
        HealthEndpoints.standard().instance("orders-pool", run -> answer()));
    awaitBody("\"orders-db\":{\"status\":\"unhealthy\"}");
    assertThat(status("/ready")).isEqualTo(200);

    down.set(true);
    await().until(() -> status("/ready") == 503);
    assertThat(body())
        .startsWith("{\"status\":\"unhealthy\"")
        .contains("\"orders-pool\":{\"status\":\"unhealthy\"}");
    assertThat(status("/live")).isEqualTo(200);

    down.set(false);
    await().until(() -> status("/ready") == 200);
  }

  /** The clock stands, so that no time passes between the two reads. */
  @Test
  void aChangedConditionIsToldHoweverShortTheLastReadIsAgo() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    HealthEndpoints health = HealthEndpoints.standard().check("queue", run -> {
      answering.await();
      return CheckResult.healthy();
    });
    start(targets("", Map.of()), builder -> builder.time(new ManualTime()), health);
    assertThat(body()).contains("\"queue\":{\"status\":\"unknown\"}");

    answering.countDown();
    awaitBody("\"queue\":{\"status\":\"healthy\"}");
  }

  /** A page's burn rate, by real requests that get 500; it is over when the last five minutes are good again. */
  @Test
  void upButBreakingItsTargetsIsDegradedAndReady() throws Exception {
    ManualTime time = new ManualTime();
    start(targets("", Map.of()), builder -> builder.time(time));
    awaitBody("\"targets\":{\"status\":\"healthy\"}");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    nines.http().install(server, Routes.of("GET /")).createContext("/", exchange -> {
      exchange.sendResponseHeaders(down.get() ? 500 : 200, -1);
      exchange.close();
    });
    server.start();
    try {
      down.set(true);
      ask(server, 20);
      time.advance(Duration.ofSeconds(2));
      awaitBody("\"targets\":{\"status\":\"degraded\"}");
      assertThat(body()).startsWith("{\"status\":\"degraded\"");
      assertThat(status("/ready")).isEqualTo(200);
      assertThat(details()).contains("breaking its targets: errors of default burns its budget");

      down.set(false);
      time.advance(Duration.ofMinutes(7));
      ask(server, 20);
      awaitBody("\"targets\":{\"status\":\"healthy\"}");
    } finally {
      server.stop(0);
    }
  }

  private CheckResult answer() {
    return down.get() ? CheckResult.unhealthy("refused") : CheckResult.healthy();
  }

  private ReliabilityTargets targets(String more, Map<String, String> environment)
      throws Exception {
    Path file = Files.writeString(directory.resolve("reliability.yaml"), QUICK + more);
    return ReliabilityTargets.load(file, environment);
  }

  private void start(ReliabilityTargets targets, UnaryOperator<NinesBuilder> more) {
    start(targets, more, HealthEndpoints.standard());
  }

  private void start(
      ReliabilityTargets targets, UnaryOperator<NinesBuilder> more, HealthEndpoints health) {
    nines = more.apply(Nines.builder("checkout")
            .targets(targets)
            .openTelemetry(OpenTelemetry.noop())
            .install(health.withoutSaturation()))
        .start();
    started.add(nines);
    await().until(() -> status("/ready") == 200);
  }

  private static void ask(HttpServer server, int times) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    for (int i = 0; i < times; i++) {
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
    }
  }

  private void awaitBody(String part) {
    await().untilAsserted(() -> assertThat(body()).contains(part));
  }

  private int status(String path) {
    return nines.endpoints().handle(request(path, false)).status();
  }

  private String body() {
    return text(nines.endpoints().handle(request("/health", false)).body());
  }

  private String details() {
    return text(nines.endpoints().handle(request("/health", true)).body());
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static EndpointRequest request(String path, boolean authorized) {
    return new EndpointRequest("GET", path, Map.of(), Map.of(), authorized);
  }
}
