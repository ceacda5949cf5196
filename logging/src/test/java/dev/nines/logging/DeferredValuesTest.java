package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.logstash.logback.argument.StructuredArguments;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.LoggingEventBuilder;
import tools.jackson.databind.JsonNode;

/** A line says what was so when it was logged, whenever it is written. */
class DeferredValuesTest {

  private static final int EVENTS = 300;

  private final Lines lines = new Lines();

  @Test
  void valuesThatChangeAfterTheCallReadAsTheyWere() {
    try (TestLogback logback = new TestLogback(lines)) {
      Logger log = logback.logger("com.acme.Values");
      for (int i = 0; i < EVENTS; i++) {
        List<Object> list = new ArrayList<>(List.of(i));
        Map<String, Object> map = new HashMap<>(Map.of("n", i));
        int[] array = {i};
        StringBuilder text = new StringBuilder("text " + i);
        AtomicInteger number = new AtomicInteger(i);
        Object[] arguments = {i, text, "last"};
        log.info("{} {} {}", arguments);
        LoggingEventBuilder builder = log.atInfo().addKeyValue("list", list);
        builder = builder.addKeyValue("map", map).addKeyValue("array", array);
        builder.addKeyValue("number", number).log("{}", StructuredArguments.kv("bean", list));
        arguments[0] = "changed";
        arguments[2] = "changed";
        text.append("changed");
        list.add("changed");
        map.put("changed", "changed");
        array[0] = -1;
        number.set(-1);
      }
    }
    List<JsonNode> all = lines.all();
    assertThat(lines.text()).doesNotContain("changed");
    for (int i = 0; i < EVENTS; i++) {
      assertThat(all.get(2 * i).get("message").asString()).isEqualTo(i + " text " + i + " last");
      JsonNode fields = all.get(2 * i + 1);
      assertThat(fields.get("list").toString()).isEqualTo("[" + i + "]");
      assertThat(fields.get("bean").toString()).isEqualTo("[" + i + "]");
      assertThat(fields.get("map").toString()).isEqualTo("{\"n\":" + i + "}");
      assertThat(fields.get("array").toString()).isEqualTo("[" + i + "]");
      assertThat(fields.get("number").asInt()).isEqualTo(i);
    }
  }

  @Test
  void aBuilderAndAnArrayThatAreUsedAgainDontChangeTheLineBefore() {
    try (TestLogback logback = new TestLogback(lines)) {
      Logger log = logback.logger("com.acme.Builder");
      Object[] arguments = new Object[2];
      for (int i = 0; i < EVENTS; i++) {
        LoggingEventBuilder builder = log.atInfo().addKeyValue("first", i);
        builder.log("one");
        builder.addKeyValue("second", i).log("two");
        arguments[0] = i;
        arguments[1] = "a" + i;
        log.info("{} and {}", arguments);
      }
    }
    List<JsonNode> all = lines.all();
    for (int i = 0; i < EVENTS; i++) {
      assertThat(all.get(3 * i).has("second")).isFalse();
      assertThat(all.get(3 * i + 1).get("second").asInt()).isEqualTo(i);
      assertThat(all.get(3 * i + 2).get("message").asString()).isEqualTo(i + " and a" + i);
    }
  }

  @Test
  void theThreadsNameAndItsMdcAreThoseOfTheCall() {
    String before = Thread.currentThread().getName();
    try (TestLogback logback = new TestLogback(lines)) {
      Logger log = logback.logger("com.acme.Thread");
      for (int i = 0; i < EVENTS; i++) {
        Thread.currentThread().setName("worker-" + i);
        logback.mdc.put("tenant", "t" + i);
        log.info("{}", i);
        logback.mdc.put("tenant", "changed");
        Thread.currentThread().setName("changed");
      }
    } finally {
      Thread.currentThread().setName(before);
    }
    List<JsonNode> all = lines.all();
    for (int i = 0; i < EVENTS; i++) {
      assertThat(all.get(i).get("thread").asString()).isEqualTo("worker-" + i);
      assertThat(all.get(i).get("tenant").asString()).isEqualTo("t" + i);
    }
  }

  @Test
  void placesThatWereUsedBeforeShowNothingOfIt() {
    try (TestLogback logback = new TestLogback(lines)) {
      Logger log = logback.logger("com.acme.Places");
      for (int i = 0; i < 2 * LogBuffer.PLACES + 10; i++) {
        boolean bare = i >= LogBuffer.PLACES;
        if (bare) {
          log.info("bare {}");
        } else {
          log.atInfo().addKeyValue("field", "full").log("{} {}", "full", i);
        }
        if (i % 1000 == 0) {
          logback.setup().flush();
        }
      }
    }
    List<JsonNode> bare = lines.all().subList(LogBuffer.PLACES, 2 * LogBuffer.PLACES);
    assertThat(bare).allSatisfy(line -> {
      assertThat(line.get("message").asString()).isEqualTo("bare {}");
      assertThat(line.has("field")).isFalse();
    });
  }
}
