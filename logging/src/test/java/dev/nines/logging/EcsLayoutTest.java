package dev.nines.logging;

import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.nines.request.Exchange;
import dev.nines.telemetry.Event;
import io.opentelemetry.context.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

class EcsLayoutTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Orders");

  private final Lines lines = new Lines();
  private TestService service =
      new TestService("checkout", JsonLogging.to(lines).ecs());

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  private void relaid(Layout layout) {
    service.close();
    service = new TestService("checkout", JsonLogging.to(lines).layout(layout));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"ECS", "ECS_DOTTED"})
  void eachFieldIsOneOfTheSchemaWithItsTypeOrUnderOurOwn(Layout layout) {
    relaid(layout);
    logOneOfEverything();

    List<JsonNode> all = lines.all();
    assertThat(all).hasSizeGreaterThan(8);
    for (JsonNode line : all) {
      Ecs.flat(line).forEach((name, value) -> {
        if (name.startsWith("labels.")) {
          assertThat(value.isString() || value.isNull())
              .as("%s: %s", name, value)
              .isTrue();
          assertThat(name.substring("labels.".length())).doesNotContain(".");
        } else if (!name.startsWith("nines.")) {
          assertThat(Ecs.TYPES).as("fields of ECS").containsKey(name);
          assertThat(Ecs.fits(Ecs.TYPES.get(name), value))
              .as("%s: %s", name, value)
              .isTrue();
        }
      });
    }
    assertThat(all.stream().flatMap(line -> Ecs.flat(line).keySet().stream()))
        .as("all that we say we write")
        .contains(
            "http.response.body.bytes",
            "client.ip",
            "error.stack_trace",
            "nines.stack_hash",
            "event.duration",
            "nines.route",
            "service.node.name",
            "url.path",
            "labels.order",
            "nines.fields.address",
            "nines.dependency");
  }

  private void logOneOfEverything() {
    MDC.put("tenant", "acme");
    MDC.put("service.name", "not mine");
    LOG.info("plain {}", 1);
    LOG.atWarn()
        .addMarker(Markers.append("marked", 1))
        .addKeyValue("order", 7)
        .addKeyValue("exact", new BigDecimal("0.10"))
        .addKeyValue("vip", true)
        .addKeyValue("nothing", (Object) null)
        .addKeyValue("maybe", Optional.of(3))
        .addKeyValue("a.b.c", "dotted")
        .addKeyValue("address", Map.of("city", "Kiel", "zip", List.of(1, 2)))
        .addKeyValue("event.duration", "a user's")
        .addKeyValue("@timestamp", "a user's")
        .log("fields {}", kv("argument", 2), entries(Map.of("inner", Map.of("a", 1))));
    LOG.error("failed", new IllegalStateException("outer", new IOException("inner")));
    Events.log("user_login", "user_id", 42, "roles", List.of("admin"));
    service
        .events()
        .publish(new Event(
            "breaker_opened",
            System.Logger.Level.WARNING,
            "opened",
            Map.of("dependency", "payments", "states", List.of("closed", "open"))));
    Exchange exchange = service.begin("POST", "/orders/{id}");
    try (Scope ignored = exchange.context().makeCurrent()) {
      LOG.info("inside");
    }
    exchange.target("/orders/7");
    exchange.client("192.0.2.7");
    exchange.requestBytes(17);
    exchange.responseBytes(512);
    exchange.end(200);
    Exchange named = service.begin("GET", "/orders/{id}");
    named.client("proxy.internal");
    named.fail(500, new IOException("broken"));
    service.begin("GET", "/orders/{id}").abort(0, null);
  }

  @Test
  void aLineIsAnObjectOfObjects() {
    LOG.info("order {} taken", 7);

    JsonNode line = lines.only();
    assertThat(line.propertyNames())
        .containsExactly("@timestamp", "log", "message", "process", "service", "ecs", "event");
    assertThat(line.at("/log/level").asString()).isEqualTo("INFO");
    assertThat(line.at("/log/logger").asString()).isEqualTo("com.acme.Orders");
    assertThat(line.at("/service/name").asString()).isEqualTo("checkout");
    assertThat(line.at("/service/environment").asString()).isEqualTo("production");
    assertThat(line.at("/service/node/name").asString()).isEqualTo("checkout-1");
    assertThat(line.at("/ecs/version").asString()).isEqualTo("9.4.0");
  }

  @Test
  void aDottedLineIsFlat() {
    relaid(Layout.ECS_DOTTED);
    LOG.atInfo().addKeyValue("order", 7).addKeyValue("list", List.of(1)).log("taken");

    JsonNode line = lines.only();
    assertThat(line.get("log.level").asString()).isEqualTo("INFO");
    assertThat(line.get("service.node.name").asString()).isEqualTo("checkout-1");
    assertThat(line.get("labels.order").asString()).isEqualTo("7");
    assertThat(line.get("nines.fields.list").toString()).isEqualTo("[1]");
  }

  @Test
  void aUsersFieldsNeverMeetThoseOfTheSchema() {
    MDC.put("order", "3");
    MDC.put("message", "from MDC");
    LOG.atInfo()
        .addKeyValue("message", "from a pair")
        .addKeyValue("order", 1)
        .addKeyValue("order", 2)
        .addKeyValue("a.b", 1)
        .addKeyValue("a_b", 2)
        .addKeyValue("map", Map.of("k", 1))
        .addKeyValue("map", Map.of("k", 2))
        .log("mine");

    JsonNode line = lines.only();
    assertThat(line.get("message").asString()).isEqualTo("mine");
    assertThat(line.at("/labels/message").asString()).isEqualTo("from a pair");
    assertThat(line.at("/labels/ctx_message").asString()).isEqualTo("from MDC");
    assertThat(line.at("/labels/order").asString()).isEqualTo("1");
    assertThat(line.at("/labels/field_order").asString()).isEqualTo("2");
    assertThat(line.at("/labels/ctx_order").asString()).isEqualTo("3");
    assertThat(line.at("/labels/a_b").asString()).isEqualTo("1");
    assertThat(line.at("/labels/field_a_b").asString()).isEqualTo("2");
    assertThat(line.at("/nines/fields/map/k").asInt()).isEqualTo(1);
    assertThat(line.at("/nines/fields/field_map/k").asInt()).isEqualTo(2);
  }

  @Test
  void secretsAreRedactedInLabelsAndStructures() {
    MDC.put("session", "s3cr3t-mdc");
    LOG.atInfo()
        .addKeyValue("password", "s3cr3t-pair")
        .addKeyValue("a.token", "s3cr3t-dotted")
        .addKeyValue("card", 4111111111111111L)
        .addKeyValue(
            "map", Map.of("api_key", "s3cr3t-map", "list", List.of("password=s3cr3t-list")))
        .addKeyValue("secrets", List.of("s3cr3t-structure"))
        .log("redacted", kv("cookie", "s3cr3t-argument"));

    assertThat(lines.text()).doesNotContain("s3cr3t").doesNotContain("4111111111111111");
    assertThat(lines.only().at("/labels/password").asString()).isEqualTo(Redaction.MARK);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aLineIsNeverLongerThan64KiB(Layout layout) {
    relaid(layout);
    String huge = "ä\u0000\u2028😀".repeat(30_000);
    var pair = LOG.atError().setCause(new IllegalStateException(huge));
    for (int i = 0; i < 150; i++) {
      pair = pair.addKeyValue("label" + i, i)
          .addKeyValue("list" + i, List.of(huge, i))
          .addKeyValue(huge + i, Map.of(huge, i));
    }
    pair.log(huge);

    JsonNode line = lines.only();
    assertThat(lines.text().getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(30 * 1024, Line.MOST_BYTES);
    assertThat(line.get("message").asString()).endsWith(Text.CUT);
    assertThat(
            layout == Layout.NINES
                ? line.get("fields_omitted")
                : Ecs.flat(line).get("nines.fields_omitted"))
        .isNotNull();
  }

  @Test
  void anEncoderInLogbackXmlHasALayoutOfItsOwn() throws Exception {
    LoggerContext own = new LoggerContext();
    own.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(own);
    configurator.doConfigure(new ByteArrayInputStream("""
        <configuration>
          <appender name="ECS" class="dev.nines.logging.MemoryAppender">
            <encoder class="dev.nines.logging.JsonEncoder"><layout>ecs-dotted</layout></encoder>
          </appender>
          <appender name="BAD" class="dev.nines.logging.MemoryAppender">
            <encoder class="dev.nines.logging.JsonEncoder"><layout>xml</layout></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="ECS"/><appender-ref ref="BAD"/></root>
        </configuration>
        """.getBytes(StandardCharsets.UTF_8)));
    own.getLogger("com.acme").info("hello");

    var root = own.getLogger(Logger.ROOT_LOGGER_NAME);
    assertThat(MemoryAppender.of(root, "ECS").only().get("log.level").asString())
        .isEqualTo("INFO");
    assertThat(MemoryAppender.of(root, "BAD").only().get("level").asString()).isEqualTo("INFO");
    assertThat(own.getStatusManager().getCopyOfStatusList())
        .anyMatch(status ->
            status.getMessage().contains("layout: xml (expected: one of nines, ecs, ecs-dotted)"));
    own.stop();
  }
}
