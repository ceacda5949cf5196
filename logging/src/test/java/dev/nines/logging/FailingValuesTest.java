package dev.nines.logging;

import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.logstash.logback.argument.StructuredArgument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

class FailingValuesTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Orders");

  private final Lines lines = new Lines();
  private final TestService service = new TestService("checkout", JsonLogging.to(lines));

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  static Stream<Arguments> valuesThatFail() {
    Map<String, Object> itself = new HashMap<>();
    itself.put("me", itself);
    List<Object> list = new ArrayList<>();
    list.add(Map.of("up", list));
    Object deep = "bottom";
    for (int level = 0; level < 10_000; level++) {
      deep = List.of(deep);
    }
    Map<Object, Object> badKey = new HashMap<>();
    badKey.put(new FailingText(), 1);
    return Stream.of(
        Arguments.of("toString throws", new FailingText(), "[FAILED "),
        Arguments.of("toString returns null", new NullText(), "null"),
        Arguments.of("toString throws an error", new FailingHard(), "[FAILED "),
        Arguments.of("toString never ends", new EndlessText(), "[FAILED "),
        Arguments.of("a getter throws", new FailingGetter(), "[FAILED "),
        Arguments.of("a bean holds itself", new OwnParent(), "[FAILED "),
        Arguments.of("a map holds itself", itself, "[contains itself]"),
        Arguments.of("a list holds itself", list, "[contains itself]"),
        Arguments.of("10,000 levels", deep, "[too deep]"),
        Arguments.of("a map fails half-way", new FailingMap(), "_incomplete"),
        Arguments.of("a list fails half-way", new FailingList(), "[FAILED "),
        Arguments.of("a name fails", badKey, "[FAILED "),
        Arguments.of("a graph of beans without end", new Tree(0), "[FAILED "),
        Arguments.of("an argument fails half-way", new HalfAnArgument(), "[FAILED "),
        Arguments.of("a huge number", BigInteger.TEN.pow(5000), "1000"),
        Arguments.of("a huge fraction", new BigDecimal("1E-999999999"), "1E-999999999"),
        Arguments.of("an element is null", Collections.singletonList(null), "[null]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valuesThatFail")
  void aValueThatFailsIsMarkedAndTheEventSurvives(String name, Object value, String mark) {
    LOG.atWarn()
        .addKeyValue("before", 1)
        .addKeyValue("value", value)
        .log("survives", kv("after", 2));

    JsonNode line = lines.only();
    assertThat(line.get("message").asString()).isEqualTo("survives");
    assertThat(line.get("before").asInt()).isEqualTo(1);
    assertThat(line.get("after").asInt()).isEqualTo(2);
    assertThat(line.get("value").toString()).contains(mark);

    lines.clear();
    LOG.atWarn().addArgument(kv("value", value)).addKeyValue("after", 2).log("survives");
    assertThat(lines.only().get("after").asInt()).isEqualTo(2);

    lines.clear();
    LOG.warn("argument {} survives", value);
    assertThat(lines.only().get("message").asString())
        .startsWith("argument ")
        .endsWith(" survives");

    lines.clear();
    Events.log("survived", "value", value, "after", 2);
    assertThat(lines.only().get("after").asInt()).isEqualTo(2);
  }

  @Test
  void aStructuredArgumentThatFailsHalfWayLeavesNothingBehind() {
    LOG.info("argument", new HalfAnArgument(), kv("after", 2));

    JsonNode line = lines.only();
    assertThat(line.get("structured_argument").asString()).startsWith("[FAILED ");
    assertThat(line.has("half")).isFalse();
    assertThat(line.get("after").asInt()).isEqualTo(2);
  }

  @Test
  void mapsOfArgumentsFailAlone() {
    LOG.info("argument", entries(Map.of("value", new FailingGetter())), kv("after", 2));
    assertThat(lines.only().get("after").asInt()).isEqualTo(2);
  }

  @Test
  void aValueThatLogsInItsToStringLosesNeitherLine() {
    LOG.info("outer {}", new LoggingText());
    assertThat(lines.all())
        .extracting(line -> line.get("message").asString())
        .containsExactly("inner", "outer text");
  }

  @Test
  void absentThingsAreNoFailures() {
    LOG.info((String) null);
    LOG.atInfo().addKeyValue((String) null, 1).log("pair");
    MDC.put("key", null);
    LOG.info("context");
    Events.log(null, (Object) null);
    Events.log("one_name_only", "name");
    assertThat(lines.all()).hasSize(5);
    assertThat(lines.all().get(4).get("name").asString()).isEqualTo("[no value]");
  }

  @Test
  void aLineIsNeverLongerThan64KiBAndSaysWhatWasCut() {
    String huge = "ä\u0000\"".repeat(100_000);
    Map<String, Object> map = new HashMap<>();
    IntStream.range(0, 10_000).forEach(i -> map.put("name" + i, huge));
    var pair = LOG.atError().setCause(deepException(huge)).addKeyValue("map", map);
    for (int i = 0; i < 1_000; i++) {
      pair = pair.addKeyValue("field" + i, huge);
    }
    pair.log(huge);

    JsonNode line = lines.only();
    assertThat(lines.text().getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .hasSizeBetween(48 * 1024, Line.MOST_BYTES);
    assertThat(line.get("message").asString()).startsWith("ä\u0000\"").endsWith(Text.CUT);
    assertThat(line.get("stack_trace").asString()).endsWith(Text.CUT);
    assertThat(line.get("fields_omitted").asInt()).isGreaterThan(900);
  }

  @Test
  void manySmallFieldsStayBelowTheBoundToo() {
    var pair = LOG.atInfo();
    for (int i = 0; i < 1_000; i++) {
      pair = pair.addKeyValue("n" + i, i);
    }
    pair.log("many");
    assertThat(lines.only().get("fields_omitted").asInt()).isEqualTo(1_000 - Fields.MOST_FIELDS);
  }

  private static Exception deepException(String message) {
    Exception deep = new IllegalStateException(message);
    for (int i = 0; i < 100; i++) {
      deep = new IllegalStateException(message, deep);
    }
    return deep;
  }

  static final class FailingText {
    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }

  static final class NullText {
    @Override
    public String toString() {
      return null;
    }
  }

  static final class FailingHard {
    @Override
    public String toString() {
      throw new AssertionError("no text");
    }
  }

  static final class EndlessText {
    @Override
    public String toString() {
      return "" + this;
    }
  }

  static final class LoggingText {
    @Override
    public String toString() {
      LOG.info("inner");
      return "text";
    }
  }

  public static final class FailingGetter {
    public int getGood() {
      return 1;
    }

    public int getZ() {
      throw new IllegalStateException("no value");
    }
  }

  public static final class OwnParent {
    public List<OwnParent> getParent() {
      return List.of(this);
    }
  }

  public record Tree(int level) {
    public List<Tree> getBranches() {
      return level > 12 ? List.of() : List.of(new Tree(level + 1), new Tree(level + 1));
    }
  }

  static final class HalfAnArgument implements StructuredArgument {
    @Override
    public void writeTo(JsonGenerator generator) {
      generator.writeName("half");
      generator.writeStartArray();
      throw new IllegalStateException("half");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }

  static final class FailingMap extends AbstractMap<String, Object> {
    @Override
    public Set<Entry<String, Object>> entrySet() {
      return new java.util.AbstractSet<>() {
        @Override
        public Iterator<Entry<String, Object>> iterator() {
          return Stream.<Entry<String, Object>>of(Map.entry("good", 1), Map.entry("bad", 2))
              .peek(entry -> {
                if (entry.getKey().equals("bad")) {
                  throw new java.util.ConcurrentModificationException();
                }
              })
              .iterator();
        }

        @Override
        public int size() {
          return 2;
        }
      };
    }
  }

  static final class FailingList extends java.util.AbstractCollection<Object>
      implements Collection<Object> {
    @Override
    public Iterator<Object> iterator() {
      return Stream.<Object>of(1, 2)
          .peek(element -> {
            if (element.equals(2)) {
              throw new java.util.ConcurrentModificationException();
            }
          })
          .iterator();
    }

    @Override
    public int size() {
      return 2;
    }
  }
}
