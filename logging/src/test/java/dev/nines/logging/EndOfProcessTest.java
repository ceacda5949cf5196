package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Whole processes, and what of their lines has come out when they have ended. */
@Timeout(120)
class EndOfProcessTest {

  private static final int LINES = 2_000;

  @TempDir
  Path directory;

  private Process process;

  @AfterEach
  void killTheProcess() {
    process.destroyForcibly();
  }

  enum End {
    CLOSE,
    EXIT,
    SIGTERM,
    UNCAUGHT
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void howeverTheProcessEndsWhatItHasLoggedIsOut(End end) throws Exception {
    Path out = directory.resolve("out");
    process = start(Main.class, ProcessBuilder.Redirect.to(out.toFile()), end.name());
    if (end == End.SIGTERM) {
      await().atMost(Duration.ofMinutes(1)).until(() -> err().contains("ready"));
      process.destroy();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    List<JsonNode> lines = Lines.parse(Lines.decode(Files.readAllBytes(out)));
    assertThat(lines)
        .filteredOn(line -> line.get("level").asString().equals("WARN"))
        .extracting(line -> line.get("n").asInt())
        .as(err())
        .containsExactlyElementsOf(IntStream.range(0, LINES).boxed().toList());
    assertThat(lines.get(lines.size() - 1).get("message").asString()).isEqualTo("last words");
  }

  @Test
  void aPipeThatNobodyReadsStopsNeitherTheServiceNorItsEndAndLosesNoWarning() throws Exception {
    process = start(Flood.class, ProcessBuilder.Redirect.PIPE);
    await().atMost(Duration.ofMinutes(1)).until(() -> err().contains("served"));
    long dropped = Long.parseLong(err().replaceAll("(?s).*dropped (\\d+).*", "$1"));
    assertThat(dropped).isGreaterThan(Flood.LINES / 2);

    CompletableFuture<String> read = CompletableFuture.supplyAsync(this::out);
    process.getOutputStream().close();
    List<JsonNode> lines = Lines.parse(read.get());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(lines)
        .filteredOn(line -> line.get("message").asString().startsWith("warning"))
        .hasSize(Flood.LINES / Flood.EACH);
    assertThat(lines)
        .filteredOn(line -> line.path("event_type").asString("").equals("log_lines_lost"))
        .isNotEmpty();
  }

  @Test
  void aPipeThatNobodyEverReadsLetsTheProcessEnd() throws Exception {
    process = start(Flood.class, ProcessBuilder.Redirect.PIPE);
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(err()).contains("served");
  }

  @Test
  void aFullDiskStopsNobody() throws Exception {
    process = start(Flood.class, ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile()));
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(err()).contains("served");
    assertThat(Long.parseLong(err().replaceAll("(?s).*dropped (\\d+).*", "$1"))).isPositive();
  }

  @Test
  void aDiskThatHasRoomAgainGetsTheWarningsThatItHadRefused() throws Exception {
    Path out = directory.resolve("out");
    Files.createFile(out);
    process = start(FullDisk.class, ProcessBuilder.Redirect.appendTo(out.toFile()));
    await().atMost(Duration.ofMinutes(1)).until(() -> err().contains("full"));
    Files.write(out, new byte[0]);
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(Lines.parse(Files.readString(out)))
        .extracting(line -> line.get("message").asString())
        .contains("kept", "recovered");
  }

  private String out() {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String err() throws IOException {
    Path file = directory.resolve("err");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private Process start(Class<?> main, ProcessBuilder.Redirect out, String... arguments)
      throws IOException {
    // No file may grow beyond 256 KiB: a full disk that needs no file system of its own.
    List<String> shell = main == FullDisk.class
        ? List.of("sh", "-c", "ulimit -f 512; exec \"$@\"", "sh")
        : List.of();
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(shell));
    builder
        .command()
        .addAll(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    builder.command().addAll(List.of(arguments));
    return builder
        .redirectOutput(out)
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  static final class Main {

    private static final Logger LOG = LoggerFactory.getLogger("com.acme.Main");

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
      TestService service = new TestService("checkout", JsonLogging.toStdout().stormLimit(0));
      for (int i = 0; i < LINES; i++) {
        LOG.info("among others");
        LOG.atWarn().addKeyValue("n", i).log("warning {}", i);
      }
      End end = End.valueOf(arguments[0]);
      if (end == End.CLOSE) {
        LOG.error("last words");
        service.close();
        Runtime.getRuntime().halt(0);
      } else if (end == End.EXIT) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LOG.error("last words")));
        System.exit(0);
      } else if (end == End.SIGTERM) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LOG.info("last words")));
        System.err.println("ready");
        new CountDownLatch(1).await();
      } else {
        LOG.error("last words");
        throw new IllegalStateException("nobody catches this");
      }
    }
  }

  static final class Flood {

    static final int LINES = 40_000;
    static final int EACH = 100;

    private static final Logger LOG = LoggerFactory.getLogger("com.acme.Flood");

    private Flood() {}

    public static void main(String[] arguments) throws IOException {
      TestService service = new TestService("checkout", JsonLogging.toStdout());
      for (int i = 0; i < LINES; i++) {
        LOG.info("line {} of many, long enough to fill what a pipe and a buffer hold", i);
        if (i % EACH == 0) {
          LOG.warn("warning {}", i);
        }
      }
      double[] dropped = new double[1];
      service.instruments().renderTo(series -> dropped[0] = series.value().getAsDouble());
      System.err.println("dropped " + (long) dropped[0]);
      System.err.println("served");
      System.in.read(); // so that who reads may begin before it ends
    }
  }

  static final class FullDisk {

    private static final Logger LOG = LoggerFactory.getLogger("com.acme.Disk");

    private FullDisk() {}

    public static void main(String[] arguments) throws IOException {
      TestService service = new TestService("checkout", JsonLogging.toStdout());
      double[] dropped = new double[1];
      for (int i = 0; dropped[0] == 0; i++) {
        LOG.info("line {} of many", i);
        LogbackSetup.of((LoggerContext) LoggerFactory.getILoggerFactory()).flush();
        service.instruments().renderTo(series -> dropped[0] = series.value().getAsDouble());
      }
      LOG.warn("kept");
      System.err.println("full");
      System.in.read();
      LOG.warn("recovered");
    }
  }
}
