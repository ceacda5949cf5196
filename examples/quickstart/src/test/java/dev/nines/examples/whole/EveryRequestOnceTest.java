package dev.nines.examples.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.budget.ErrorBudget;
import dev.nines.logging.JsonLogging;
import dev.nines.request.Outcome;
import dev.nines.request.Route;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was sent, what was counted and what was logged are the same requests. */
class EveryRequestOnceTest {

  private static final int REQUESTS = 10_000;
  private static final List<String> PATHS = List.of("/hello", "/orders/7", "/fail", "/nowhere");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;

  @BeforeEach
  void readStdout() {
    System.setOut(new PrintStream(log, false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveStdoutBack() {
    System.setOut(stdout);
  }

  @Test
  void eachRequestIsCountedOnceAndHasOneAccessLineInItsTrace() throws Exception {
    ErrorBudget budget;
    try (Service service = Service.start(
        Service.targets().build(), builder -> builder.install(JsonLogging.toStdout()))) {
      budget = service.nines.budget();
      send(service);
      await().until(() -> exchanges(budget) == REQUESTS);
      String errors = "nines_requests_%s_total{objective=\"errors\",route_class=\"default\"} %s";
      assertThat(service.metrics())
          .contains(errors.formatted("good", "7500"), errors.formatted("bad", "2500"));
    }
    assertThat(budget.good("errors", Route.DEFAULT_CLASS)).isEqualTo(REQUESTS * 3L / 4);
    assertThat(budget.bad("errors", Route.DEFAULT_CLASS)).isEqualTo(REQUESTS / 4L);

    List<JsonNode> lines = accessLines();
    assertThat(lines).hasSize(REQUESTS);
    assertThat(lines.stream().map(line -> line.get("trace_id").asString()).distinct())
        .hasSize(REQUESTS);
    assertThat(lines)
        .filteredOn(line -> line.get("outcome").asString().equals("server_error"))
        .hasSize(REQUESTS / 4)
        .allSatisfy(line -> {
          assertThat(line.get("level").asString()).isEqualTo("ERROR");
          assertThat(line.get("status").asInt()).isEqualTo(500);
          assertThat(line.get("error_type").asString())
              .isEqualTo("java.lang.IllegalStateException");
        });
    assertThat(lines)
        .filteredOn(line -> line.get("route").asString().equals("/orders/{id}"))
        .hasSize(REQUESTS / 4);
  }

  private static long exchanges(ErrorBudget budget) {
    long sum = 0;
    for (Outcome outcome : Outcome.values()) {
      sum += budget.exchanges(outcome);
    }
    return sum;
  }

  private static void send(Service service) throws InterruptedException {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    IntStream.range(0, REQUESTS)
        .forEach(i -> clients.execute(() -> service.get(service.app(PATHS.get(i % PATHS.size())))));
    clients.shutdown();
    assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
  }

  private List<JsonNode> accessLines() {
    JsonMapper json = new JsonMapper();
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .map(json::readTree)
        .filter(line -> line.path("event_type").asString("").equals("http_request"))
        .toList();
  }
}
