package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.telemetry.Event;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

class EventsTest {

  private final Lines lines = new Lines();
  private final TestService service =
      new TestService("checkout", Map.of("LOG_LEVEL", "trace"), JsonLogging.to(lines));

  @AfterEach
  void closeTheService() {
    service.close();
  }

  @Test
  void anEventHasItsTypeAndItsFields() {
    Events.log("user_login", "user_id", 42, "method", "passkey", "event_type", "mine");

    JsonNode line = lines.only();
    assertThat(line.get("event_type").asString()).isEqualTo("user_login");
    assertThat(line.get("message").asString()).isEqualTo("user_login");
    assertThat(line.get("logger").asString()).isEqualTo("events");
    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(line.get("user_id").asInt()).isEqualTo(42);
    assertThat(line.get("method").asString()).isEqualTo("passkey");
    assertThat(line.get("field_event_type").asString()).isEqualTo("mine");
    assertThat(line.has("event")).isFalse();
  }

  @Test
  void anEventHasALevelAndAnException() {
    Events.log(Level.WARN, "payment_refused", "order", 7, new IllegalStateException("no cover"));

    JsonNode line = lines.only();
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("order").asInt()).isEqualTo(7);
    assertThat(line.get("error_message").asString()).isEqualTo("no cover");
    assertThat(line.propertyNames()).noneMatch(name -> name.startsWith("java."));
  }

  @Test
  void anEventInsideATraceHasItsId() {
    var exchange = service.begin("GET", "/orders/{id}");
    try (Scope ignored = exchange.context().makeCurrent()) {
      Events.log("inside");
    }
    assertThat(lines.only().get("trace_id").asString())
        .isEqualTo(exchange.span().getSpanContext().getTraceId());
  }

  @ParameterizedTest
  @CsvSource({"TRACE, TRACE", "DEBUG, DEBUG", "INFO, INFO", "WARNING, WARN", "ERROR, ERROR"})
  void whatCoreTellsBecomesALineOfItsLevel(System.Logger.Level level, String expected) {
    service
        .events()
        .publish(new Event(
            "breaker_opened",
            level,
            "The breaker of payments {} has opened",
            Map.of("dependency", "payments", "api_key", "hunter2"),
            new IllegalStateException("refused")));

    JsonNode line = lines.only();
    assertThat(line.get("event_type").asString()).isEqualTo("breaker_opened");
    assertThat(line.get("level").asString()).isEqualTo(expected);
    assertThat(line.get("message").asString()).isEqualTo("The breaker of payments {} has opened");
    assertThat(line.get("logger").asString()).isEqualTo("nines");
    assertThat(line.get("dependency").asString()).isEqualTo("payments");
    assertThat(line.get("api_key").asString()).isEqualTo(Redaction.MARK);
    assertThat(line.get("error_message").asString()).isEqualTo("refused");
  }

  @Test
  void theErrorTypeThatCoreNamesIsTheStandardOne() {
    Map<String, Object> fields = Map.of("error_type", "java.io.IOException");
    service.events().publish(new Event("failed", System.Logger.Level.ERROR, "no cause", fields));
    service
        .events()
        .publish(new Event(
            "failed", System.Logger.Level.ERROR, "cause", fields, new java.io.IOException()));
    assertThat(lines.all()).hasSize(2).allSatisfy(line -> {
      assertThat(line.get("error_type").asString()).isEqualTo("java.io.IOException");
      assertThat(line.has("field_error_type")).isFalse();
    });
  }
}
