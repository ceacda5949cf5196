package dev.nines.examples.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.Nines;
import dev.nines.dependency.Dependency;
import dev.nines.logging.JsonLogging;
import dev.nines.metrics.GoldenSignals;
import dev.nines.metrics.watch.Watch;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the driver to the line: what an operator finds of a slow query. */
class SlowQueryLineTest {

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
  void aSlowQueryIsOneLineOfItsTraceWithoutAnyValue() throws Exception {
    GoldenSignals signals = GoldenSignals.prometheus();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      DataSource orders = signals.watch(Watch.jdbc("orders-db", postgres.getPostgresDatabase()));
      try (Nines nines = Nines.builder("checkout")
          .targets(Service.targets().build())
          .dependency(Dependency.optional("orders-db").deadline(Duration.ofMillis(20)))
          .install(signals)
          .install(JsonLogging.toStdout())
          .withoutShutdownHook()
          .start()) {
        String trace = query(nines, orders);

        await().until(() -> slowQueries().size() == 1);
        JsonNode line = slowQueries().get(0);
        assertThat(line.path("trace_id").asString()).isEqualTo(trace);
        assertThat(line.path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("dependency").asString()).isEqualTo("orders-db");
        assertThat(line.path("statement").asString()).isEqualTo("select pg_sleep(?), ?, ?");
        assertThat(line.path("threshold_ms").asInt()).isEqualTo(20);
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("secret");
      }
    }
  }

  private static String query(Nines nines, DataSource orders) throws Exception {
    Span span = nines.openTelemetry().getTracer("test").spanBuilder("order").startSpan();
    try (Scope current = span.makeCurrent();
        Connection connection = orders.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select pg_sleep(0.05), 'written secret', ?")) {
      select.setString(1, "bound secret");
      select.execute();
    } finally {
      span.end();
    }
    return span.getSpanContext().getTraceId();
  }

  private List<JsonNode> slowQueries() {
    JsonMapper json = JsonMapper.builder().build();
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("{") && line.endsWith("}"))
        .map(json::readTree)
        .filter(line -> line.path("event_type").asString("").equals("slow_query"))
        .toList();
  }
}
