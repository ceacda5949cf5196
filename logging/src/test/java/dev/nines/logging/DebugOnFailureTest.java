package dev.nines.logging;

import static net.logstash.logback.argument.StructuredArguments.kv;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.nines.request.Exchange;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import tools.jackson.databind.JsonNode;

class DebugOnFailureTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Orders");
  private static final Logger OTHER = LoggerFactory.getLogger("org.lib.Pool");
  private static final RequestLog ON = RequestLog.standard().debugOnFailure();

  private final Lines lines = new Lines();
  private TestService service =
      new TestService("checkout", JsonLogging.to(lines).requests(ON));

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  private void logging(JsonLogging chosen) {
    service.close();
    service = new TestService("checkout", chosen);
  }

  private Exchange within(Runnable handler) {
    return within(service, handler);
  }

  private static Exchange within(TestService of, Runnable handler) {
    Exchange exchange = of.begin("GET", "/orders/{id}");
    try (Scope ignored = exchange.context().makeCurrent()) {
      handler.run();
    }
    return exchange;
  }

  private List<String> messages() {
    return lines.all().stream().map(line -> line.get("message").asString()).toList();
  }

  @Test
  void aRequestThatSucceedsLeavesNothingButItsLine() {
    within(() -> {
          LOG.debug("one");
          LOG.atDebug().log("two");
        })
        .end(200);
    within(() -> LOG.debug("three")).end(404);
    within(() -> LOG.debug("four")).abort(0, null);
    assertThat(messages())
        .containsExactly("GET /orders/{id} 200", "GET /orders/{id} 404", "GET /orders/{id}");
  }

  @Test
  void aRequestThatFailsTellsItAllInOrderBeforeItsLine() {
    MDC.put("tenant", "acme");
    Exchange exchange = within(() -> {
      LOG.debug("one");
      LOG.info("at once");
      LOG.debug("two {}", 2, new IOException("with a trace"));
      LOG.atDebug().addKeyValue("order", 7).log("three");
      LOG.trace("never");
      Events.log(Level.DEBUG, "step_taken", "step", 3);
    });
    MDC.clear();
    service.time().advance(Duration.ofMillis(3));
    exchange.fail(500, new IllegalStateException("broken"));

    assertThat(messages())
        .containsExactly("at once", "one", "two 2", "three", "step_taken", "GET /orders/{id} 500");
    List<JsonNode> all = lines.all();
    for (JsonNode held : all.subList(1, 5)) {
      assertThat(held.get("level").asString()).isEqualTo("DEBUG");
      assertThat(held.get("buffered").asBoolean()).isTrue();
      assertThat(held.get("trace_id").asString())
          .isEqualTo(exchange.span().getSpanContext().getTraceId());
      assertThat(held.get("thread").asString()).isEqualTo(Thread.currentThread().getName());
      assertThat(held.get("tenant").asString()).isEqualTo("acme");
      assertThat(held.get("timestamp").asString())
          .isLessThanOrEqualTo(all.get(5).get("timestamp").asString());
    }
    assertThat(all.get(0).has("buffered")).isFalse();
    assertThat(all.get(2).get("stack_trace").asString()).contains("with a trace");
    assertThat(all.get(3).get("order").asInt()).isEqualTo(7);
    assertThat(all.get(4).get("event_type").asString()).isEqualTo("step_taken");
    assertThat(all.get(4).get("step").asInt()).isEqualTo(3);
    assertThat(all.get(5).has("buffered")).isFalse();
    assertThat(all.get(5).has("debug_omitted")).isFalse();
  }

  @Test
  void aSlowRequestTellsItToo() {
    Exchange exchange = within(() -> LOG.debug("waited"));
    service.time().advance(Duration.ofMillis(501));
    exchange.end(200);
    assertThat(messages()).containsExactly("waited", "GET /orders/{id} 200");
  }

  @Test
  void whatWasLoggedIsWhatWasTrueThen() {
    List<Object> list = new ArrayList<>(List.of("then"));
    Map<String, Object> map = new HashMap<>(Map.of("state", "then", "password", "s3cr3t"));
    StringBuilder text = new StringBuilder("then");
    AtomicInteger number = new AtomicInteger(1);
    Mutable bean = new Mutable();
    within(() -> {
          LOG.debug("{} {} {} {}", list, text, number, bean, kv("argument", list));
          LOG.atDebug()
              .addMarker(Markers.append("marked", map))
              .addKeyValue("list", list)
              .addKeyValue("map", map)
              .addKeyValue("text", text)
              .addKeyValue("number", number)
              .addKeyValue("bean", bean)
              .addKeyValue("token", list)
              .log("fluent");
          Events.log(Level.DEBUG, "event", "list", list, "map", map);
          list.set(0, "NOW");
          map.put("state", "NOW");
          text.replace(0, 4, "NOW");
          number.set(2);
          bean.state = "NOW";
        })
        .end(500);

    assertThat(lines.text()).doesNotContain("NOW").doesNotContain("s3cr3t");
    List<JsonNode> all = lines.all();
    assertThat(all.get(0).get("message").asString()).isEqualTo("[then] then 1 Mutable then");
    assertThat(all.get(0).get("argument").toString()).isEqualTo("[\"then\"]");
    assertThat(all.get(1).get("list").toString()).isEqualTo("[\"then\"]");
    assertThat(all.get(1).at("/map/state").asString()).isEqualTo("then");
    assertThat(all.get(1).at("/map/password").asString()).isEqualTo(Redaction.MARK);
    assertThat(all.get(1).at("/marked/state").asString()).isEqualTo("then");
    assertThat(all.get(1).get("text").asString()).isEqualTo("then");
    assertThat(all.get(1).get("number").asInt()).isEqualTo(1);
    assertThat(all.get(1).at("/bean/state").asString()).isEqualTo("then");
    assertThat(all.get(1).get("token").asString()).isEqualTo(Redaction.MARK);
    assertThat(all.get(2).get("list").toString()).isEqualTo("[\"then\"]");
  }

  @Test
  void theLinesOfAllThreadsThatCarryItsContextAreKept() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Exchange exchange = service.begin("GET", "/a");
    pool.submit(exchange.context().wrap(() -> LOG.debug("of another thread"))).get();
    pool.submit(() -> LOG.debug("of nobody")).get();
    pool.shutdown();
    exchange.end(500);
    assertThat(messages()).containsExactly("of another thread", "GET /a 500");
    assertThat(lines.all().get(0).get("thread").asString()).contains("pool-");
  }

  @Test
  void debugIsOnWithinARequestOnlyAndForTheLoggersThatWereNamed() {
    logging(JsonLogging.to(lines).requests(RequestLog.standard().debugOnFailure("com.acme")));
    Logger similar = LoggerFactory.getLogger("com.acmeother");
    within(() -> {
          assertThat(LOG.isDebugEnabled()).isTrue();
          assertThat(LOG.isTraceEnabled()).isFalse();
          assertThat(OTHER.isDebugEnabled()).isFalse();
          assertThat(similar.isDebugEnabled()).isFalse();
          OTHER.debug("not named");
          if (LOG.isDebugEnabled()) {
            LOG.debug("guarded");
          }
        })
        .end(500);
    assertThat(LOG.isDebugEnabled()).isFalse();
    assertThat(messages()).containsExactly("guarded", "GET /orders/{id} 500");
  }

  @Test
  void whatTheLevelLetsThroughGoesItsUsualWay() {
    logging(JsonLogging.to(lines).requests(ON).level(Level.WARN));
    within(() -> {
          LOG.info("held");
          LOG.warn("at once");
        })
        .end(500);
    assertThat(messages()).containsExactly("at once", "held", "GET /orders/{id} 500");
    assertThat(lines.all().get(1).get("level").asString()).isEqualTo("INFO");
  }

  @Test
  void theLastLinesAreKeptAndTheRequestSaysHowManyAreMissing() {
    within(() -> {
          for (int i = 0; i < 250; i++) {
            LOG.debug("line {}", i);
          }
        })
        .end(500);
    assertThat(messages()).hasSize(201).startsWith("line 50").endsWith("GET /orders/{id} 500");
    assertThat(lines.all().get(200).get("debug_omitted").asInt()).isEqualTo(50);
  }

  @Test
  void bigLinesAreBoundedByTheirBytes() {
    String big = "x".repeat(1_000_000);
    within(() -> {
          for (int i = 0; i < 50; i++) {
            LOG.debug("{} {}", i, big);
          }
        })
        .end(500);
    assertThat(messages()).hasSizeBetween(4, 20);
    assertThat(lines.all().get(0).get("message").asString()).endsWith(Text.CUT);
    JsonNode last = lines.all().get(messages().size() - 1);
    assertThat(last.get("debug_omitted").asInt()).isGreaterThan(30);
  }

  @Test
  void anOutageDoesNotFloodTheLog() {
    for (int request = 0; request < 10; request++) {
      within(() -> {
            for (int i = 0; i < 200; i++) {
              LOG.debug("line {}", i);
            }
          })
          .end(500);
    }
    assertThat(lines.all().stream().filter(line -> line.has("buffered")))
        .hasSize(DebugLines.MOST_LINES_PER_SECOND);
    lines.clear();
    service.time().advance(Duration.ofSeconds(1));
    within(() -> LOG.debug("later")).end(500);
    assertThat(messages()).containsExactly("later", "GET /orders/{id} 500");
  }

  @Test
  void appendersOfTheUsersOwnGetTheLinesToo() {
    LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
    ListAppender<ILoggingEvent> own = new ListAppender<>();
    own.setContext(logback);
    own.start();
    logback.getLogger("com.acme").addAppender(own);
    try {
      within(() -> LOG.debug("succeeds")).end(200);
      assertThat(own.list).isEmpty();
      within(() -> LOG.debug("fails {}", "{}")).end(500);
      assertThat(own.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .containsExactly("fails {}");
    } finally {
      logback.getLogger("com.acme").detachAppender(own);
    }
  }

  @Test
  void anotherServiceOfTheProcessIsLeftAlone() {
    try (TestService plain = new TestService("plain", JsonLogging.to(lines))) {
      within(plain, () -> {
            assertThat(LOG.isDebugEnabled()).isFalse();
            LOG.debug("of the other");
          })
          .end(500);
      within(() -> LOG.debug("ours")).end(500);
    }
    assertThat(messages()).containsExactly("GET /orders/{id} 500", "ours", "GET /orders/{id} 500");
  }

  @Test
  void afterItsEndARequestHoldsNothingBack() {
    Exchange exchange = service.begin("GET", "/a");
    exchange.end(500);
    try (Scope ignored = exchange.context().makeCurrent()) {
      LOG.debug("late");
      assertThat(LOG.isDebugEnabled()).isFalse();
    }
    service.close();
    within(() -> LOG.debug("closed")).end(500);
    assertThat(messages()).doesNotContain("late", "closed");
  }

  @Test
  void aValueThatFailsCostsNoLine() {
    within(() -> {
          LOG.debug("{}", new FailingValuesTest.FailingText());
          LOG.atDebug()
              .addKeyValue("value", new FailingValuesTest.FailingGetter())
              .log("pair");
          LOG.debug((String) null, new IOException());
        })
        .end(500);
    assertThat(messages()).hasSize(4).contains("pair");
    assertThat(lines.all().get(1).get("value").asString()).startsWith("[FAILED ");
  }

  @Test
  void inEcsTheMarkStandsUnderNines() {
    logging(JsonLogging.to(lines).ecs().requests(ON));
    within(() -> LOG.atDebug().addKeyValue("list", List.of(1)).log("held")).end(500);
    JsonNode held = lines.all().get(0);
    assertThat(held.at("/nines/buffered").asBoolean()).isTrue();
    assertThat(held.at("/nines/fields/list").toString()).isEqualTo("[1]");
  }

  static final class Mutable {
    private String state = "then";

    public String getState() {
      return state;
    }

    @Override
    public String toString() {
      return "Mutable " + state;
    }
  }
}
