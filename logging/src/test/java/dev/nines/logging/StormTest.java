package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StormTest {

  private static final int BURST = Storm.BURST_SECONDS * LogSettings.STORM_LIMIT;
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final Lines lines = new Lines();
  private final ManualTime time = new ManualTime();
  private final TestLogback logback = new TestLogback(lines, time);
  private final Storms storms = new Storms(logback.setup());

  @Test
  void ofAStormOfOneErrorTheFirstAreWrittenAndTheRestIsToldOnceASecond() {
    Logger log = logback.logger("com.acme.Orders");
    int storm = 5 * BURST;
    for (int i = 0; i < storm; i++) {
      log.error("order {} failed", i, new IllegalStateException("down"));
    }
    log.error("another");
    logback.setup().flush();
    long written = withMessage("order ").size();
    assertThat(written).isBetween((long) BURST, storm / 2L);
    assertThat(logback.setup().droppedLines()).isEqualTo(storm - written);
    assertThat(withMessage("another")).hasSize(1);
    assertThat(withMessage("order ").get(BURST - 1).has("stack_trace")).isTrue();

    await().until(() -> {
      time.advance(Duration.ofSeconds(1));
      return lines.text().contains("\"log_storm\""); // to parse them all takes a while
    });
    logback.close();
    JsonNode told = withType("log_storm").get(0);
    assertThat(told.get("suppressed").asLong()).isEqualTo(storm - written);
    assertThat(told.get("logger").asString()).isEqualTo("com.acme.Orders");
    assertThat(told.get("level").asString()).isEqualTo("ERROR");
    assertThat(told.get("template").asString()).isEqualTo("order {} failed");
    assertThat(told.get("thrown").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(Instant.parse(told.get("since").asString())).isBefore(Instant.now());
  }

  @Test
  void anotherMessageAnotherLoggerAndAnotherExceptionAreNotPartOfTheStorm() {
    for (int i = 0; i < BURST; i++) {
      assertThat(admitted("a", "failed", Level.WARN, null, NOON)).isTrue();
    }
    assertThat(admitted("a", "failed", Level.WARN, null, NOON)).isFalse();
    assertThat(admitted("b", "failed", Level.WARN, null, NOON)).isTrue();
    assertThat(admitted("a", "failed {}", Level.WARN, null, NOON)).isTrue();
    assertThat(admitted("a", "failed", Level.WARN, new RuntimeException(), NOON))
        .isTrue();
    assertThat(admitted("a", "failed", Level.INFO, null, NOON)).isTrue();
  }

  @Test
  void eachSecondLetsSomeMorePassAndAQuietTimeAsManyAsAtFirst() {
    drain(NOON);
    assertThat(drain(NOON.plusSeconds(1))).isEqualTo(LogSettings.STORM_LIMIT);
    assertThat(drain(NOON.plusSeconds(3))).isEqualTo(2 * LogSettings.STORM_LIMIT);
    assertThat(drain(NOON.plusSeconds(60))).isEqualTo(BURST);
    assertThat(drain(NOON)).as("the clock was set back").isEqualTo(LogSettings.STORM_LIMIT);
  }

  @Test
  void failedRequestsHaveTheirLinesHoweverManyThereAre() {
    int requests = BURST + 500;
    try (TestService service = new TestService("checkout", JsonLogging.to(lines))) {
      for (int i = 0; i < requests; i++) {
        service.begin("GET", "/orders").end(500);
      }
    }
    assertThat(withType("http_request")).hasSize(requests);
  }

  @Test
  void messagesThatAreAllDifferentDontPushAStormOut() {
    drain(NOON);
    for (int i = 0; i < 100_000; i++) {
      assertThat(admitted("a", "message " + i, Level.ERROR, null, NOON)).isTrue();
    }
    assertThat(admitted("a", "failed", Level.ERROR, null, NOON)).isFalse();
  }

  @Test
  void theLimitIsChecked() {
    assertThat(JsonLogging.toStdout().stormLimit(0)).isNotNull();
    assertThatThrownBy(() -> JsonLogging.toStdout().stormLimit(-1))
        .hasMessage(
            "stormLimit: -1 (expected: lines per second, 1 to 1000000, or 0 for any number)");
  }

  /** Returns how many of the same pass. */
  private int drain(Instant at) {
    int passed = 0;
    while (admitted("a", "failed", Level.ERROR, null, at)) {
      passed++;
    }
    return passed;
  }

  private boolean admitted(
      String logger, String message, Level level, Throwable thrown, Instant at) {
    return storms.admit(event(logger, message, level, thrown, at));
  }

  private LoggingEvent event(
      String logger, String message, Level level, Throwable thrown, Instant at) {
    LoggingEvent event =
        new LoggingEvent("x", logback.logger(logger), level, message, thrown, null);
    event.setInstant(at);
    return event;
  }

  private List<JsonNode> withMessage(String begin) {
    return lines.all().stream()
        .filter(line -> line.get("message").asString().startsWith(begin))
        .toList();
  }

  private List<JsonNode> withType(String type) {
    return lines.all().stream()
        .filter(line -> line.path("event_type").asString("").equals(type))
        .toList();
  }
}
