package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.nines.telemetry.ServiceIdentity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logback is configured anew while a service runs, as {@code scan="true"} does when its file has changed. */
class ResetTest {

  private static final String CONSOLE = """
      <configuration>
        <appender name="MINE" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>TEXT %msg%n</pattern></encoder>
        </appender>
        <root level="LEVEL"><appender-ref ref="MINE"/></root>
      </configuration>
      """;

  private final ServiceIdentity checkout = new ServiceIdentity("checkout", "1", "test", "one");
  private final Lines lines = new Lines();
  private final LoggerContext logback = new LoggerContext();
  private final Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void join() throws JoranException {
    logback.setMDCAdapter(new LogbackMDCAdapter());
    configure(CONSOLE.replace("LEVEL", "INFO"));
    LogbackSetup.of(logback).join(logback, checkout, settings());
  }

  @AfterEach
  void stop() {
    logback.stop();
  }

  private LogSettings settings() {
    return new LogSettings(null, Set.of("pin"), Set.of(), Layout.NINES, lines, true, true, 0);
  }

  private void configure(String xml) throws JoranException {
    JoranConfigurator joran = new JoranConfigurator();
    joran.setContext(logback);
    joran.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aNewConfigurationsLevelsCountAndItsConsoleIsReplacedToo() throws JoranException {
    logback.reset();
    configure(CONSOLE.replace("LEVEL", "WARN"));

    logback.getLogger("a").info("below the new level");
    logback.getLogger("a").warn("pin=1234");

    assertThat(lines.only().get("message").asString()).isEqualTo("pin=[REDACTED]");
    assertThat(lines.only().get("service").asString()).isEqualTo("checkout");
    assertThat(root.getAppender("MINE")).isNull();
  }

  @Test
  void whatIsSaidBetweenIsNotLost() {
    logback.reset();

    logback.getLogger("a").info("between");

    assertThat(lines.only().get("message").asString()).isEqualTo("between");
  }

  @Test
  void aNewConfigurationThatIncludesOurLinesIsLeftAlone() throws JoranException {
    logback.reset();
    configure("<configuration><include resource=\"dev/nines/logging/nines.xml\"/></configuration>");

    assertThat(root.iteratorForAppenders())
        .toIterable()
        .singleElement()
        .isInstanceOf(JsonAppender.class);
  }

  @Test
  void afterTheEndTheNewConfigurationIsBack() throws JoranException {
    logback.reset();
    configure(CONSOLE.replace("LEVEL", "WARN"));

    LogbackSetup.of(logback).leave(checkout);

    assertThat(root.getLevel()).isEqualTo(Level.WARN);
    assertThat(root.getAppender("MINE")).isNotNull();
    assertThat(root.getAppender("NINES")).isNull();
    logback.reset();
    assertThat(root.getAppender("NINES")).isNull();
  }

  @Test
  void resetsWithoutEndLeaveNothingBehind() throws JoranException {
    for (int times = 0; times < 50; times++) {
      logback.reset();
      configure(CONSOLE.replace("LEVEL", "INFO"));
    }

    assertThat(root.iteratorForAppenders()).toIterable().hasSize(1);
    assertThat(logback.getCopyOfListenerList()).hasSize(1);
    logback.getLogger("a").info("once");
    assertThat(lines.all()).hasSize(1);
  }
}
