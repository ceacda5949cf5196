package dev.nines.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.RealPrometheus;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusHistoryTest {

  private static final String ERRORS = "errors";
  private static final String DEFAULT = "default";
  private static final Duration LIMIT = Duration.ofMillis(500);

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final ErrorBudget budget =
      new ErrorBudget(Settings.derive(ReliabilityTargets.threeNines()), TimeSource.system());

  @TempDir
  Path directory;

  /** Two instances for two days: 50 good requests a minute each; in the last two hours 1 bad one in 51. */
  @Test
  void aRealPrometheusTellsWhatWasCounted() throws Exception {
    record(Instant.now().minus(Duration.ofDays(2)), Duration.ofHours(2));
    try (RealPrometheus prometheus = new RealPrometheus(directory, "  []\n")) {
      start(patient(prometheus.uri()));
    }

    assertThat(events).extracting(Event::type).containsExactly("budget_history_restored");
    double share = 1 / 51.0 / 0.001;
    assertThat(burn(Duration.ofMinutes(5))).isCloseTo(share, within(share / 5));
    assertThat(burn(Duration.ofHours(1))).isCloseTo(share, within(share / 20));
    assertThat(burn(Duration.ofDays(1))).isCloseTo(share / 12, within(share / 12 / 10));
    assertThat(burn(Duration.ofDays(3))).isCloseTo(share / 24, within(share / 24 / 10));
    assertThat(budget.coverage()).isCloseTo(2 / 30.0, within(0.005));
    assertThat(budget.good(ERRORS, DEFAULT)).isZero();
    assertThat(budget.burnRate("latency_p99", DEFAULT, Duration.ofDays(3))).isZero();
  }

  @Test
  void aPrometheusThatKnowsNothingOfTheServiceIsSaid() throws Exception {
    try (RealPrometheus prometheus = new RealPrometheus(directory, "  []\n")) {
      start(patient(prometheus.uri()).selector("job=\"nobody\""));
    }

    ignoredFor("nothing known of job=\"nobody\"");
  }

  @Test
  void aSelectorThatPrometheusRefusesIsSaid() throws Exception {
    try (RealPrometheus prometheus = new RealPrometheus(directory, "  []\n")) {
      start(patient(prometheus.uri()).selector("job~\"nobody\""));
    }

    ignoredFor("status 400");
  }

  @Test
  void aPortThatNobodyListensAtIsNotFatal() throws IOException {
    URI nowhere;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = URI.create("http://localhost:" + socket.getLocalPort());
    }

    start(BudgetHistory.fromPrometheus(nowhere));
    assertThat(events).extracting(Event::type).containsExactly("budget_history_ignored");
  }

  @Test
  void oneThatNeverAnswersDelaysTheStartByItsLimitOnly() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      boundedBy(URI.create("http://localhost:" + silent.getLocalPort()));
    }
  }

  @Test
  void oneThatDripsItsAnswerDelaysTheStartByItsLimitOnly() throws IOException {
    HttpServer server = serving(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      Object drip = new Object();
      synchronized (drip) {
        for (int i = 0; i < 600; i++) {
          out.write(' ');
          out.flush();
          waitFor(drip);
        }
      }
    });
    try {
      boundedBy(address(server));
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Sign in</html>",
        "null",
        "[]",
        "{\"status\":\"success\"}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":7}}",
        "{\"data\":{\"result\":[{\"metric\":{},\"value\":[1,\"1\"]}]}}",
        "{\"data\":{\"result\":[{\"metric\":{\"nines_window\":\"99\",\"objective\":\"errors\","
            + "\"route_class\":\"default\"},\"value\":[1,\"1\"]}]}}",
        "{\"data\":{\"result\":[{\"metric\":{\"nines_window\":\"1\",\"objective\":\"errors\","
            + "\"route_class\":\"default\"},\"value\":[1,\"NaN\"]}]}}",
        "{\"data\":{\"result\":[{\"metric\":{\"nines_window\":\"1\",\"objective\":\"errors\","
            + "\"route_class\":\"default\"},\"value\":[1,\"-4\"]}]}}"
      })
  void nonsenseIsIgnored(String answer) throws IOException {
    HttpServer server = serving(exchange -> {
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    try {
      start(patient(address(server)));
    } finally {
      server.stop(0);
    }

    ignoredFor("no answer of a Prometheus");
  }

  @Test
  void anAddressThatIsNoneOrHoldsAPasswordIsRefused() {
    assertThatThrownBy(() -> BudgetHistory.fromPrometheus(URI.create("prometheus:9090")))
        .hasMessageContaining("(expected: an address such as http://prometheus:9090)");
    assertThatThrownBy(() -> BudgetHistory.fromPrometheus(URI.create("http://me:secret@host")))
        .hasMessageContaining("authorization")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aTimeLimitOfMoreThanHalfAMinuteIsRefused() {
    PrometheusHistory history = BudgetHistory.fromPrometheus(URI.create("http://prometheus"));
    assertThatThrownBy(() -> history.timeLimit(Duration.ofMinutes(1)))
        .hasMessage("timeLimit: PT1M (expected: above 0 s, at most 30 s)");
  }

  private static PrometheusHistory patient(URI server) {
    return BudgetHistory.fromPrometheus(server).timeLimit(Duration.ofSeconds(30));
  }

  /** Of servers that outlast any test; that the start returns, and why, is what its limit did. */
  private void boundedBy(URI server) {
    start(BudgetHistory.fromPrometheus(server).timeLimit(LIMIT));
    assertThat(events).extracting(Event::type).containsExactly("budget_history_ignored");
    assertThat(events.get(0).fields().get("reason").toString())
        .matches("not done within 500 ms|.*timed out");
  }

  private void start(BudgetHistory history) {
    EventBus bus = new EventBus();
    bus.render(events::add);
    try (BudgetUpkeep upkeep = BudgetUpkeep.start(budget, history, "orders", bus)) {
      assertThat(upkeep.dropped()).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void ignoredFor(String reason) {
    assertThat(events).hasSize(1);
    assertThat(events.get(0).type()).isEqualTo("budget_history_ignored");
    assertThat(events.get(0).fields().get("reason").toString()).contains(reason);
    assertThat(budget.coverage()).isLessThan(1e-3);
    assertThat(budget.remaining(ERRORS, DEFAULT)).isEqualTo(1);
  }

  private double burn(Duration window) {
    return budget.burnRate(ERRORS, DEFAULT, window);
  }

  /** Makes Prometheus' own blocks of what two instances would have exposed. */
  private void record(Instant from, Duration bad) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    long begin = from.getEpochSecond();
    long end = Instant.now().getEpochSecond();
    for (String kind : List.of("good", "bad")) {
      lines.add("# TYPE nines_requests_" + kind + " counter");
      for (long at = begin; at <= end; at += 60) {
        long minutes = (at - begin) / 60;
        long badMinutes = Math.max(0, (at - (end - bad.toSeconds())) / 60);
        long count = kind.equals("good") ? 50 * minutes : badMinutes;
        for (String instance : List.of("a", "b")) {
          lines.add("nines_requests_" + kind + "_total{job=\"orders\",instance=\"" + instance
              + "\",objective=\"errors\",route_class=\"default\"} " + count + " " + at);
        }
      }
    }
    lines.add("# EOF");
    Path exposition = Files.write(directory.resolve("history.om"), lines);
    Process promtool = new ProcessBuilder(
            "promtool",
            "tsdb",
            "create-blocks-from",
            "openmetrics",
            exposition.toString(),
            directory.resolve("data").toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("promtool.log").toFile())
        .start();
    assertThat(promtool.waitFor())
        .as(Files.readString(directory.resolve("promtool.log")))
        .isZero();
  }

  private static HttpServer serving(com.sun.net.httpserver.HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(task -> {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      return thread;
    }));
    server.createContext("/", (HttpExchange exchange) -> {
      exchange.getRequestBody().readAllBytes();
      handler.handle(exchange);
    });
    server.start();
    return server;
  }

  private static URI address(HttpServer server) {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private static void waitFor(Object drip) throws IOException {
    try {
      drip.wait(100);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
