package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;
import tools.jackson.databind.JsonNode;

class FuzzTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Fuzz");
  private static final int EVENTS = 2_000;

  /** What breaks lines, encodings and scanners. */
  private static final String[] NASTY = {
    "\n",
    "\r\n",
    "\u0000",
    "\u001b[31m",
    "\u0085",
    "\u2028",
    "\u2029",
    "\uD800",
    "\uDC00",
    "\uD83D\uDE00",
    "\"",
    "\\",
    "}",
    "\n{\"level\":\"ERROR\"}\n",
    "password=",
    "\"token\":\"",
    "{}",
    "=",
    ": ",
    "\uFFFE",
    "\uFEFF",
    "\u007f",
    "message",
    "trace_id",
    "ä"
  };

  private final Lines lines = new Lines();
  private final TestService service = new TestService("checkout", JsonLogging.to(lines));

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverIsLoggedEachEventIsOneValidLine(long seed) {
    Random random = new Random(seed);
    for (int event = 0; event < EVENTS; event++) {
      MDC.clear();
      MDC.put(text(random), text(random));
      LoggingEventBuilder builder = LOG.atInfo().addKeyValue("seq", event);
      for (int field = random.nextInt(6); field > 0; field--) {
        builder = builder.addKeyValue(text(random), value(random, 0));
      }
      if (random.nextInt(8) == 0) {
        builder = builder.setCause(new IllegalStateException(text(random)));
      }
      builder.log(text(random), text(random), value(random, 0));
    }

    List<JsonNode> all = lines.all();
    assertThat(all).hasSize(EVENTS);
    for (int event = 0; event < EVENTS; event++) {
      JsonNode line = all.get(event);
      assertThat(line.get("seq").asInt()).isEqualTo(event);
      assertThat(line.get("level").asString()).isEqualTo("INFO");
      assertThat(line.get("service").asString()).isEqualTo("checkout");
      assertThat(line.has("trace_id")).isFalse();
    }
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 4 : 7)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean();
      case 2 -> random.nextGaussian();
      case 3 -> text(random);
      case 4 -> new Bean(text(random), random.nextInt());
      case 5 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth + 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), value(random, depth + 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      if (random.nextBoolean()) {
        text.append(NASTY[random.nextInt(NASTY.length)]);
      } else {
        text.append((char) random.nextInt(Character.MAX_VALUE + 1));
      }
    }
    return random.nextInt(200) == 0 ? text.toString().repeat(5_000) : text.toString();
  }

  record Bean(String name, int size) {}
}
