package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;

/** What logs through something else than SLF4J, each in a process of its own, for all of it is process-wide. */
class BridgesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  @TempDir
  private Path directory;

  @Test
  void whatIsLoggedThroughJulBecomesALineOnce() throws Exception {
    List<JsonNode> lines = Lines.parse(run(Jul.class));

    assertThat(lines)
        .filteredOn(line -> line.get("logger").asString().startsWith("com.acme"))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.get("message").asString()).isEqualTo("paid with password=[REDACTED]");
          assertThat(line.get("level").asString()).isEqualTo("WARN");
          assertThat(line.get("trace_id").asString()).isEqualTo(TRACE);
          assertThat(line.get("stack_trace").asString()).contains("IllegalStateException: late");
        });
    assertThat(lines)
        .filteredOn(line -> line.get("logger").asString().equals("dev.nines.own"))
        .hasSize(1);
  }

  @Test
  void whatIsLoggedThroughLog4jsApiBecomesALineWithItsContext() throws Exception {
    List<JsonNode> lines = Lines.parse(run(Log4j.class));

    assertThat(lines)
        .filteredOn(line -> line.get("logger").asString().startsWith("com.acme"))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.get("message").asString()).isEqualTo("paid 7 with token=[REDACTED]");
          assertThat(line.get("trace_id").asString()).isEqualTo(TRACE);
          assertThat(line.get("tenant").asString()).isEqualTo("acme");
        });
  }

  @Test
  void springBootsConsoleGivesWayToJsonItsLevelsCountAndItComesBackAtTheEnd() throws Exception {
    List<String> lines = run(Boot.class).lines().toList();

    assertThat(lines.get(0)).contains("com.acme.Boot").contains(": before").doesNotStartWith("{");
    List<JsonNode> json = Lines.parse(
        String.join("\n", lines.stream().filter(line -> line.startsWith("{")).toList()));
    assertThat(json)
        .extracting(line -> line.get("message").asString())
        .contains("within", "after its level was changed by Boot")
        .doesNotContain("below its level", "after");
    assertThat(lines.get(lines.size() - 1)).contains(": after").doesNotStartWith("{");
  }

  private String run(Class<?> main) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName())
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Lines.decode(Files.readAllBytes(out));
  }

  static final class Jul {

    private Jul() {}

    public static void main(String[] arguments) {
      LogManager.getLogManager().reset();
      SLF4JBridgeHandler.install();
      try (TestService service = new TestService("checkout", JsonLogging.toStdout());
          Scope trace = service.begin("GET", "/pay", PARENT).context().makeCurrent()) {
        Logger.getLogger("com.acme.Pay")
            .log(Level.WARNING, "paid with password=hunter2", new IllegalStateException("late"));
        Logger.getLogger("dev.nines.own").info("said by ourselves");
      }
    }
  }

  static final class Log4j {

    private Log4j() {}

    public static void main(String[] arguments) {
      try (TestService service = new TestService("checkout", JsonLogging.toStdout());
          Scope trace = service.begin("GET", "/pay", PARENT).context().makeCurrent()) {
        ThreadContext.put("tenant", "acme");
        org.apache.logging.log4j.LogManager.getLogger("com.acme.Pay")
            .info("paid {} with token={}", 7, "hunter2");
      }
    }
  }

  static final class Boot {

    private Boot() {}

    public static void main(String[] arguments) {
      LoggingSystem boot = LoggingSystem.get(Boot.class.getClassLoader());
      boot.beforeInitialize();
      boot.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
      org.slf4j.Logger log = LoggerFactory.getLogger("com.acme.Boot");
      log.info("before");
      try (TestService service = new TestService("checkout", JsonLogging.toStdout())) {
        log.info("within");
        log.debug("below its level");
        boot.setLogLevel("com.acme", LogLevel.DEBUG);
        log.debug("after its level was changed by Boot");
      }
      log.info("after");
    }
  }
}
