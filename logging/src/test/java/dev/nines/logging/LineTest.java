package dev.nines.logging;

import static net.logstash.logback.argument.StructuredArguments.fields;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import tools.jackson.databind.JsonNode;

class LineTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Orders");

  private final Lines lines = new Lines();
  private final TestService service = new TestService("checkout", JsonLogging.to(lines));

  @BeforeEach
  void startWithAnEmptyContext() {
    MDC.clear();
  }

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  @Test
  void aLineHasTheStandardFieldsInTheirOrder() {
    Instant before = Instant.now();
    LOG.info("order {} taken", 7);

    JsonNode line = lines.only();
    assertThat(line.propertyNames())
        .containsExactly(
            "timestamp",
            "level",
            "message",
            "logger",
            "thread",
            "service",
            "version",
            "environment",
            "instance");
    assertThat(line.get("timestamp").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(Instant.parse(line.get("timestamp").asString()))
        .isBetween(before.minusMillis(1), Instant.now());
    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(line.get("message").asString()).isEqualTo("order 7 taken");
    assertThat(line.get("logger").asString()).isEqualTo("com.acme.Orders");
    assertThat(line.get("thread").asString()).isEqualTo(Thread.currentThread().getName());
    assertThat(line.get("service").asString()).isEqualTo("checkout");
    assertThat(line.get("version").asString()).isEqualTo("1.4.2");
    assertThat(line.get("environment").asString()).isEqualTo("production");
  }

  @Test
  void timestampsAreExactToTheMicrosecond() {
    Timestamps timestamps = new Timestamps();
    for (String text : List.of(
        "2026-11-21T17:00:00.123456Z",
        "2026-11-21T17:00:00.000001Z",
        "1969-12-31T23:59:59.999999Z",
        "2026-11-21T17:00:01.000000Z")) {
      assertThat(new String(timestamps.format(Instant.parse(text)))).isEqualTo(text);
    }
  }

  @Test
  void keyValuePairsArgumentsMarkersAndMdcBecomeFields() {
    MDC.put("tenant", "acme");
    LOG.atInfo()
        .addMarker(Markers.append("marked", 1))
        .addMarker(MarkerFactory.getMarker("AUDITED"))
        .addKeyValue("user_id", 42)
        .addKeyValue("vip", true)
        .log("order {} of {}", kv("order", "A-7"), fields(new Address("Kiel", "24103")));

    JsonNode line = lines.only();
    assertThat(line.get("message").asString()).startsWith("order order=A-7 of ");
    assertThat(line.get("user_id").asInt()).isEqualTo(42);
    assertThat(line.get("vip").asBoolean()).isTrue();
    assertThat(line.get("order").asString()).isEqualTo("A-7");
    assertThat(line.get("city").asString()).isEqualTo("Kiel");
    assertThat(line.get("marked").asInt()).isEqualTo(1);
    assertThat(line.get("marker").asString()).isEqualTo("AUDITED");
    assertThat(line.get("tenant").asString()).isEqualTo("acme");
  }

  @Test
  void theMarkOfCommonsLoggingOnEachLineOfSpringIsLeftOut() {
    LOG.atInfo()
        .addMarker(MarkerFactory.getMarker("COMMONS-LOGGING"))
        .addMarker(MarkerFactory.getMarker("AUDITED"))
        .log("through a bridge");

    JsonNode line = lines.only();
    assertThat(line.get("marker").asString()).isEqualTo("AUDITED");
    assertThat(line.has("field_marker")).isFalse();
  }

  @Test
  void valuesKeepTheirTypes() {
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("list", Arrays.asList(1, "two", null, List.of(3.5)));
    nested.put("map", Map.of(1, Optional.of("one")));
    nested.put("ints", new int[] {1, 2});
    nested.put("address", new Address("Kiel", "24103"));
    LOG.atInfo()
        .addKeyValue("nested", nested)
        .addKeyValue("exact", new BigDecimal("0.10"))
        .addKeyValue("big", BigInteger.TWO.pow(100))
        .addKeyValue("nan", Double.NaN)
        .addKeyValue("short", 0.1f)
        .addKeyValue("took", Duration.ofMillis(1500))
        .addKeyValue("state", Thread.State.NEW)
        .addKeyValue("nothing", (Object) null)
        .log("values");

    JsonNode line = lines.only();
    assertThat(line.get("nested").toString())
        .isEqualTo("{\"list\":[1,\"two\",null,[3.5]],\"map\":{\"1\":\"one\"},\"ints\":[1,2],"
            + "\"address\":{\"city\":\"Kiel\",\"zip\":\"24103\"}}");
    assertThat(lines.text()).contains("\"exact\":0.10,");
    assertThat(line.get("big").bigIntegerValue()).isEqualTo(BigInteger.TWO.pow(100));
    assertThat(line.get("nan").asString()).isEqualTo("NaN");
    assertThat(lines.text()).contains("\"short\":0.1,");
    assertThat(line.get("took").asString()).isEqualTo("PT1.5S");
    assertThat(line.get("state").asString()).isEqualTo("NEW");
    assertThat(line.get("nothing").isNull()).isTrue();
  }

  @Test
  void rawJsonIsTakenApartAndWhatIsNoneIsText() {
    LOG.info("", raw("good", "{\"a\":[1,{\"password\":\"x\"}]}"), raw("bad", "{\"a\":}\n{"));

    JsonNode line = lines.only();
    assertThat(line.get("good").toString()).isEqualTo("{\"a\":[1,{\"password\":\"[REDACTED]\"}]}");
    assertThat(line.get("bad").asString()).isEqualTo("{\"a\":}\n{");
  }

  @Test
  void anExceptionHasTypeMessageAndAStackTraceWithTheRootCauseFirst() {
    LOG.error("failed", new IllegalStateException("outer", innerFailure()));

    JsonNode line = lines.only();
    assertThat(line.get("error_type").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.get("error_message").asString()).isEqualTo("outer");
    assertThat(line.get("stack_trace").asString())
        .startsWith(
            "java.lang.ArithmeticException: inner\n\tat dev.nines.logging.LineTest.innerFailure(")
        .contains("Wrapped by: java.lang.IllegalStateException: outer\n");
  }

  @Test
  void insideATraceALineHasItsIdsAndOutsideNone() {
    var exchange = service.begin("GET", "/orders/{id}");
    try (Scope ignored = exchange.context().makeCurrent()) {
      LOG.info("inside");
      JsonNode line = lines.only();
      assertThat(line.get("trace_id").asString())
          .isEqualTo(Span.current().getSpanContext().getTraceId());
      assertThat(line.get("span_id").asString())
          .isEqualTo(Span.current().getSpanContext().getSpanId());
    }
    lines.clear();
    LOG.info("outside");
    assertThat(lines.only().has("trace_id")).isFalse();
    assertThat(lines.only().has("span_id")).isFalse();
  }

  @Test
  void whatTerminalsObeyIsEscapedAndReadBackAsItWas() {
    String hostile = "\u001b[2J\u009b31m\u007f\u0085\u2028\u2029\u202e\u2066\u0000 é ￿ 😀 ₀ \u2030";
    LOG.atInfo().addKeyValue(hostile, hostile).log(hostile);

    assertThat(lines.text().strip())
        .doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f\u2028-\u202e\u2066-\u2069]")
        .contains(" é ", "😀", "\u2030");
    assertThat(lines.only().get("message").asString()).isEqualTo(hostile);
    assertThat(lines.only().get(hostile).asString()).isEqualTo(hostile);
  }

  @Test
  void traceIdsAreNeverTakenFromMdc() {
    MDC.put("trace_id", "ffffffffffffffffffffffffffffffff");
    LOG.info("outside");
    assertThat(lines.only().has("trace_id")).isFalse();
    assertThat(lines.only().get("ctx_trace_id").asString()).startsWith("ffff");
  }

  @Test
  void eachStandardNameIsKeptFromUsers() {
    for (StandardField field : StandardField.values()) {
      String name = field.label();
      lines.clear();
      MDC.put(name, "from MDC");
      LOG.atError()
          .addKeyValue(name, "from a pair")
          .setCause(new IllegalStateException("outer"))
          .log("taken", kv(name, "from an argument"));
      MDC.clear();

      JsonNode line = lines.only();
      assertThat(line.get("message").asString()).isEqualTo("taken");
      assertThat(line.get("field_" + name).asString()).isEqualTo("from a pair");
      assertThat(line.get("field_field_" + name).asString()).isEqualTo("from an argument");
      assertThat(line.get("ctx_" + name).asString()).isEqualTo("from MDC");
    }
  }

  @Test
  void namesThatMeetEachOtherAreToldApart() {
    MDC.put("order", "3");
    LOG.atInfo()
        .addKeyValue("order", 1)
        .addKeyValue("order", 2)
        .addKeyValue("", 4)
        .log("met");

    JsonNode line = lines.only();
    assertThat(line.get("order").asInt()).isEqualTo(1);
    assertThat(line.get("field_order").asInt()).isEqualTo(2);
    assertThat(line.get("ctx_order").asString()).isEqualTo("3");
    assertThat(line.get("field_").asInt()).isEqualTo(4);
  }

  private static Exception innerFailure() {
    return new ArithmeticException("inner");
  }

  record Address(String city, String zip) {}
}
