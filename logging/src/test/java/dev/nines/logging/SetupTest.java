package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.read.ListAppender;
import dev.nines.Feature;
import dev.nines.request.Exchange;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.ServiceIdentity;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class SetupTest {

  private static final LoggerContext LOGBACK = (LoggerContext) LoggerFactory.getILoggerFactory();
  private static final Logger ROOT = LOGBACK.getLogger(Logger.ROOT_LOGGER_NAME);
  private static final Logger LOG = LOGBACK.getLogger("com.acme.Orders");

  private final Lines lines = new Lines();
  private final JsonLogging logging = JsonLogging.to(lines);
  private final List<TestService> services = new ArrayList<>();

  @AfterEach
  void closeTheServices() {
    services.forEach(TestService::close);
  }

  private TestService start(String name, Feature feature) {
    return start(name, Map.of(), feature);
  }

  private TestService start(String name, Map<String, String> environment, Feature feature) {
    TestService service = new TestService(name, environment, feature);
    services.add(service);
    return service;
  }

  @Test
  void theFeatureIsFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(Feature.class))
        .hasAtLeastOneElementOfType(JsonLogging.class)
        .extracting(Feature::name)
        .contains("logging");
  }

  @ParameterizedTest
  @CsvSource({"TRACE,TRACE", "debug,DEBUG", "' Warn ',WARN", "ERROR,ERROR", "OFF,OFF", "'',INFO"})
  void theRootLevelComesFromTheEnvironment(String variable, String level) {
    start("checkout", Map.of("LOG_LEVEL", variable), logging);
    assertThat(ROOT.getLevel()).isEqualTo(Level.toLevel(level));
  }

  @ParameterizedTest
  @ValueSource(strings = {"VERBOSE", "warning", "3", "INFO,DEBUG"})
  void aLevelThatIsNoneEndsTheStart(String variable) {
    assertThatThrownBy(() -> start("checkout", Map.of("LOG_LEVEL", variable), logging))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "LOG_LEVEL: " + variable + " (expected: one of TRACE, DEBUG, INFO, WARN, ERROR, OFF)");
  }

  @Test
  void theBuildersLevelPrecedesTheEnvironment() {
    start("checkout", Map.of("LOG_LEVEL", "ERROR"), logging.level(org.slf4j.event.Level.DEBUG));
    assertThat(ROOT.getLevel()).isEqualTo(Level.DEBUG);
  }

  @Test
  void twoServicesWithTheSameSettingsShareLogbackAndKeepTheirNames() {
    TestService checkout = start("checkout", logging);
    TestService payments = start("payments", JsonLogging.to(lines));

    logWithin(checkout.begin("GET", "/a"));
    logWithin(payments.begin("GET", "/b"));
    payments.events().publish(event());
    LOG.info("of nobody");

    assertThat(lines.all())
        .extracting(
            line -> line.get("service").asString() + ": " + line.get("message").asString())
        .containsExactly(
            "checkout: within",
            "checkout: GET /a 200",
            "payments: within",
            "payments: GET /b 200",
            "payments: told",
            "checkout: of nobody");
    checkout.close();
    lines.clear();
    LOG.info("still of somebody");
    assertThat(lines.only().get("service").asString()).isEqualTo("payments");
  }

  @Test
  void aSecondServiceWithOtherSettingsFailsClearly() {
    start("checkout", logging);
    assertThatThrownBy(() -> start("payments", logging.redacting("customer-code")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "service payments",
            "redacting=[customercode]",
            "expected: level=as configured, redacting=[]",
            "service checkout",
            "Logback is one for the whole process");
    assertThatThrownBy(() -> start("payments", logging.level(org.slf4j.event.Level.WARN)))
        .hasMessageContaining("level=WARN");
  }

  @Test
  void whoComesAfterTheLastHasGoneMayChooseAnew() {
    start("checkout", logging).close();
    Lines others = new Lines();
    start("payments", JsonLogging.to(others).redacting("customer-code"));
    LOG.info("customer-code=7");
    assertThat(others.only().get("message").asString()).isEqualTo("customer-code=[REDACTED]");
    assertThat(lines.all()).isEmpty();
  }

  @Test
  void consoleAppendersOfTheUsersOwnAreReplacedAndPutBack() {
    LoggerContext own = freshLogback();
    Logger root = own.getLogger(Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> console = console(own, "MINE");
    AsyncAppender async = new AsyncAppender();
    async.setContext(own);
    async.setName("ASYNC");
    async.addAppender(console(own, "INNER"));
    ListAppender<ILoggingEvent> list = new ListAppender<>();
    List.of(console, async, list).forEach(root::addAppender);
    list.start();
    root.setLevel(Level.WARN);

    LogbackSetup setup = LogbackSetup.of(own);
    ServiceIdentity checkout = new ServiceIdentity("checkout", "1", "test", "one");
    assertThat(setup.join(own, checkout, LogSettings.defaults(lines).level(Level.INFO)))
        .containsExactly("MINE", "ASYNC");
    own.getLogger("a").info("as JSON");
    setup.flush();
    assertThat(root.isAttached(console)).isFalse();
    assertThat(lines.only().get("message").asString()).isEqualTo("as JSON");
    assertThat(list.list).hasSize(1);

    setup.leave(checkout);
    own.getLogger("a").warn("as before");
    assertThat(lines.all()).hasSize(1);
    assertThat(list.list).hasSize(2);
    assertThat(root.isAttached(console)).isTrue();
    assertThat(root.isAttached(async)).isTrue();
    assertThat(root.getLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void theUsersOwnAppendersOfOurLinesStay() {
    LoggerContext own = freshLogback();
    Logger root = own.getLogger(Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> console = console(own, "MINE");
    root.addAppender(console);
    OutputStreamAppender<ILoggingEvent> ours = new OutputStreamAppender<>();
    JsonEncoder encoder = new JsonEncoder();
    ours.setContext(own);
    encoder.setContext(own);
    encoder.start();
    ours.setEncoder(encoder);
    ours.setOutputStream(lines);
    ours.start();
    own.getLogger("com.acme").addAppender(ours);

    LogbackSetup setup = LogbackSetup.of(own);
    ServiceIdentity checkout = new ServiceIdentity("checkout", "1", "test", "one");
    LogSettings settings = LogSettings.defaults(null).redacting(Set.of("customercode"));
    assertThat(setup.join(own, checkout, settings)).isEmpty();
    assertThat(root.isAttached(console)).isTrue();
    own.getLogger("com.acme").info("customer code=7");
    assertThat(lines.only().get("service").asString()).isEqualTo("checkout");
    assertThat(lines.only().get("message").asString()).isEqualTo("customer code=[REDACTED]");
    setup.leave(checkout);
  }

  @Test
  void whatSystemLoggerSaysOfUsBecomesALineToo() {
    start("checkout", logging);
    System.getLogger("dev.nines.request").log(System.Logger.Level.WARNING, "heard {0}", "it");
    System.getLogger("com.acme.other").log(System.Logger.Level.WARNING, "not ours to bridge");

    JsonNode line = lines.only();
    assertThat(line.get("message").asString()).isEqualTo("heard it");
    assertThat(line.get("logger").asString()).isEqualTo("dev.nines.request");
    assertThat(line.get("level").asString()).isEqualTo("WARN");
  }

  private static void logWithin(Exchange exchange) {
    try (Scope ignored = exchange.context().makeCurrent()) {
      LOG.info("within");
    }
    exchange.end(200);
  }

  private static Event event() {
    return new Event("told", System.Logger.Level.INFO, "told", Map.of());
  }

  private static LoggerContext freshLogback() {
    LoggerContext fresh = new LoggerContext();
    fresh.setMDCAdapter(new LogbackMDCAdapter());
    return fresh;
  }

  @Test
  void anEventThatCannotBeEncodedIsALineOfItsMessageAlone() {
    LoggerContext withoutMdc = new LoggerContext();
    JsonAppender appender = new JsonAppender(lines);
    appender.setContext(withoutMdc);
    appender.start();
    withoutMdc.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    withoutMdc.getLogger("a\n\uD800").warn("password={}\n\uD800", "hunter2");
    LogbackSetup.of(withoutMdc).flush();

    JsonNode line = lines.only();
    assertThat(line.get("message").asString()).isEqualTo("password=[REDACTED]\n\uFFFD");
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("logger").asString()).isEqualTo("a\n\uFFFD");
    assertThat(line.get("encoding_error").asString()).contains("Exception");
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext logback, String name) {
    PatternLayoutEncoder text = new PatternLayoutEncoder();
    text.setContext(logback);
    text.setPattern("%nopex");
    text.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(logback);
    console.setName(name);
    console.setEncoder(text);
    console.start();
    return console;
  }

  @Test
  void appendersStayAsConfiguredWhereThatIsAsked() {
    ListAppender<ILoggingEvent> theirs = new ListAppender<>();
    theirs.start();
    ROOT.addAppender(theirs);
    try {
      TestService service = start("checkout", logging.asConfigured());
      service.events().publish(new Event("told", System.Logger.Level.INFO, "told", Map.of()));
      assertThat(lines.all()).isEmpty();
      assertThat(theirs.list).extracting(ILoggingEvent::getMessage).contains("told");
    } finally {
      ROOT.detachAppender(theirs);
    }
  }
}
