package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import dev.nines.testing.ManualTime;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What becomes of lines when they come faster than they go. */
@Timeout(60)
class DeliveryTest {

  private static final int FLOOD = 20_000;

  /** The buffer's, and what the writer may have taken out already. */
  private static final int MORE_THAN_ARE_HELD = LogBuffer.PLACES + 1000;

  private final Lines lines = new Lines();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final OutputStream blocked = new OutputStream() {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        opened.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      lines.write(bytes, from, length);
    }
  };

  @AfterEach
  void open() {
    opened.countDown();
  }

  @Test
  void aBlockedOutputDropsInfoAndTellsHowManyWhileEveryWarningWaitsForIt() {
    TestLogback logback = new TestLogback(blocked);
    Logger log = logback.logger("com.acme.Flood");
    for (int i = 0; i < FLOOD; i++) {
      log.info("line {}", i);
      if (i % 100 == 0) {
        log.warn("warning {}", i);
      }
    }
    long dropped = logback.setup().droppedLines();
    assertThat(dropped).isGreaterThan(FLOOD / 2);

    opened.countDown();
    logback.close();
    List<JsonNode> all = lines.all();
    assertThat(withLevel(all, "INFO")).hasSize((int) (FLOOD - dropped));
    assertThat(withMessage(all, "warning ")).hasSize(FLOOD / 100);
    JsonNode told = withType(all, "log_lines_lost").get(0);
    assertThat(told.get("lost").asLong()).isEqualTo(dropped);
    assertThat(told.get("lost_warnings").longValue()).isZero();
    assertThat(told.get("level").asString()).isEqualTo("WARN");
    assertThat(logback.setup().droppedLines()).isEqualTo(dropped);
  }

  @Test
  void onceTheReserveIsFullTooAWarningWaitsOnceForAStuckOutputAndIsThenLostAloud() {
    TestLogback logback = new TestLogback(blocked);
    Logger log = logback.logger("com.acme.Flood");
    int warnings = 3 * LogBuffer.PLACES;
    long began = System.nanoTime();
    for (int i = 0; i < warnings; i++) {
      log.warn("warning " + i);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(took).isBetween(Progress.STUCK, Duration.ofSeconds(20));
    long dropped = logback.setup().droppedLines();
    assertThat(dropped).isGreaterThan(LogBuffer.PLACES);

    opened.countDown();
    logback.close();
    List<JsonNode> all = lines.all();
    assertThat(withMessage(all, "warning ")).hasSize((int) (warnings - dropped));
    JsonNode told = withType(all, "log_lines_lost").get(0);
    assertThat(told.get("lost_warnings").asLong()).isEqualTo(dropped);
    assertThat(told.get("level").asString()).isEqualTo("ERROR");
  }

  @Test
  void aWarningWaitsForASlowOutputThatGetsOn() throws Exception {
    // Its clock stands still, so that the output isn't taken for a stuck one on a busy machine.
    TestLogback logback = new TestLogback(blocked, new ManualTime());
    Logger log = logback.logger("com.acme.Slow");
    Thread warning = new Thread(() -> {
      for (int i = 0; i < MORE_THAN_ARE_HELD; i++) {
        log.warn("warning " + i);
      }
    });
    warning.start();
    await().until(() -> warning.getState() == Thread.State.TIMED_WAITING);
    opened.countDown();
    warning.join();
    logback.close();
    assertThat(lines.all()).hasSize(MORE_THAN_ARE_HELD);
    assertThat(logback.setup().droppedLines()).isZero();
  }

  @Test
  void anOutputThatFailsForGoodLosesInfoAndKeepsWarningsUntilItWorksAgain() {
    ManualTime time = new ManualTime();
    boolean[] broken = {true};
    OutputStream flaky = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        if (broken[0]) {
          throw new IOException("no space left on device");
        }
        lines.write(b);
      }
    };
    TestLogback logback = new TestLogback(flaky, time);
    Logger log = logback.logger("com.acme.Disk");
    log.info("tried again for a second");
    log.warn("kept");
    await().until(() -> {
      time.advance(Duration.ofMillis(100));
      return logback.setup().droppedLines() == 1;
    });
    log.info("lost at once");
    log.error("kept too");
    await().until(() -> logback.setup().droppedLines() == 2);
    broken[0] = false;
    log.info("written");
    await().until(() -> {
      time.advance(Duration.ofMillis(100));
      return lines.text().contains("kept too");
    });
    logback.close();

    assertThat(lines.all())
        .extracting(line -> line.get("message").asString())
        .contains("kept", "kept too", "written")
        .doesNotContain("lost at once", "tried again for a second");
    assertThat(withType(lines.all(), "log_lines_lost").stream()
            .mapToLong(line -> line.get("lost").asLong())
            .sum())
        .isEqualTo(2);
  }

  @Test
  void synchronouslyALineIsOutWhenTheCallReturns() {
    AtomicInteger breaks = new AtomicInteger();
    OutputStream counting = new OutputStream() {
      @Override
      public void write(int b) {
        breaks.addAndGet(b == '\n' ? 1 : 0);
      }
    };
    try (TestLogback logback = TestLogback.synchronous(counting)) {
      Logger log = logback.logger("com.acme.Sync");
      for (int i = 0; i < 200; i++) {
        log.debug("line {}", i);
        assertThat(breaks).hasValue(i + 1);
      }
    }
  }

  @Test
  void synchronouslyABlockedOutputIsWaitedForOnce() {
    TestLogback logback = TestLogback.synchronous(blocked);
    Logger log = logback.logger("com.acme.Sync");
    long began = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      log.info("line {}", i);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Progress.STUCK, Duration.ofSeconds(20));
    opened.countDown();
    logback.close();
    assertThat(lines.all()).hasSize(100);
  }

  @Test
  void aFailureThatPassesCostsNoLine() {
    int[] failures = {3};
    OutputStream flaky = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        if (failures[0] > 0) {
          failures[0]--;
          throw new IOException("resource temporarily unavailable");
        }
        lines.write(b);
      }
    };
    try (TestLogback logback = new TestLogback(flaky)) {
      logback.logger("com.acme.Pipe").info("one");
      logback.logger("com.acme.Pipe").info("two");
    }
    assertThat(lines.all())
        .extracting(line -> line.get("message").asString())
        .containsExactly("one", "two");
  }

  @Test
  void manyThreadsLinesAllArriveEachThreadsInItsOrder() throws Exception {
    int threads = 8;
    int each = 5_000;
    try (TestLogback logback = new TestLogback(lines)) {
      List<Thread> all = new ArrayList<>();
      for (int number = 0; number < threads; number++) {
        Logger log = logback.logger("com.acme.Thread" + number);
        Thread thread = new Thread(() -> {
          for (int i = 0; i < each; i++) {
            log.atWarn().addKeyValue("seq", i).log("line " + i);
          }
        });
        thread.setName("worker-" + number);
        thread.start();
        all.add(thread);
      }
      for (Thread thread : all) {
        thread.join();
      }
    }
    List<JsonNode> all = lines.all();
    assertThat(all).hasSize(threads * each);
    for (int number = 0; number < threads; number++) {
      String worker = "worker-" + number;
      assertThat(all.stream()
              .filter(line -> line.get("thread").asString().equals(worker))
              .peek(line -> assertThat(line.get("logger").asString())
                  .endsWith(worker.substring("worker-".length())))
              .map(line -> line.get("seq").asInt()))
          .containsExactlyElementsOf(IntStream.range(0, each).boxed().toList());
    }
  }

  private static List<JsonNode> withLevel(List<JsonNode> all, String level) {
    return all.stream()
        .filter(line -> line.get("level").asString().equals(level))
        .toList();
  }

  private static List<JsonNode> withMessage(List<JsonNode> all, String begin) {
    return all.stream()
        .filter(line -> line.get("message").asString().startsWith(begin))
        .toList();
  }

  private static List<JsonNode> withType(List<JsonNode> all, String type) {
    return all.stream()
        .filter(line -> line.path("event_type").asString("").equals(type))
        .toList();
  }
}
