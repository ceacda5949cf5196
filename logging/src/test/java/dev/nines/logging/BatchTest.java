package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchTest {

  private final Batch batch = new Batch();

  @Test
  void whatIsAbandonedHalfWayLeavesNothingBehind() {
    line("first\n", false);
    batch.write(bytes("hal"));
    batch.abandon();
    line("second\n", true);

    assertThat(text()).isEqualTo("first\nsecond\n");
    assertThat(batch.lines()).isEqualTo(2);
    assertThat(batch.isUrgent(0)).isFalse();
    assertThat(batch.isUrgent(1)).isTrue();
    assertThat(batch.start(1)).isEqualTo("first\n".length());
  }

  @Test
  void aLineOfAnyLengthFitsAndTheBatchIsFullThen() {
    String longest = "x".repeat(300_000);
    assertThat(batch.isFull()).isFalse();
    line(longest, false);

    assertThat(text()).isEqualTo(longest);
    assertThat(batch.isFull()).isTrue();
    batch.clear();
    assertThat(batch.isFull()).isFalse();
    assertThat(batch.length()).isZero();
  }

  @Test
  void anEventThatFailsBehindWhatWasWrittenAlreadyIsALineOfItsMessageAlone() {
    LoggerContext context = new LoggerContext();
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.start();
    line("before\n", false);
    encoder.encode(failingAtItsEnd(context), batch);
    batch.end(false);

    assertThat(text()).startsWith("before\n{").endsWith("}\n");
    JsonNode line = new JsonMapper().readTree(text().substring("before\n".length()));
    assertThat(line.get("message").asString()).isEqualTo("placed");
    assertThat(line.get("encoding_error").asString())
        .isEqualTo(IllegalStateException.class.getName());
    assertThat(line.has("note0")).isFalse();
  }

  /** More fields than the generator's buffer holds, and then no MDC. */
  private static LoggingEvent failingAtItsEnd(LoggerContext context) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("orders"), Level.INFO, "placed", null, null) {
          @Override
          public Map<String, String> getMDCPropertyMap() {
            throw new IllegalStateException("no MDC");
          }
        };
    for (int i = 0; i < 6; i++) {
      event.addKeyValuePair(new KeyValuePair("note" + i, "n".repeat(5_000)));
    }
    return event;
  }

  private void line(String text, boolean urgent) {
    batch.write(bytes(text));
    batch.end(urgent);
  }

  private String text() {
    return new String(batch.bytes(), 0, batch.length(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
