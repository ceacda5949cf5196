package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.saturation.PauseMeter;
import dev.nines.testing.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessChecksTest {

  private static final BigDecimal TARGET = new BigDecimal("0.8");

  @TempDir
  Path directory;

  private final ManualTime time = new ManualTime();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<ThreadPoolExecutor> executors = new ArrayList<>();

  @AfterEach
  void release() {
    over.countDown();
    executors.forEach(ThreadPoolExecutor::shutdownNow);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no limit of descriptors to read")
  void openFilesAreCountedAndTheirCloseIsSeen() throws Exception {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    BigDecimal target = BigDecimal.valueOf(system.getOpenFileDescriptorCount() + 250)
        .divide(BigDecimal.valueOf(system.getMaxFileDescriptorCount()), MathContext.DECIMAL64);
    Check check = ProcessChecks.fileDescriptors(target);
    Path file = Files.createFile(directory.resolve("file"));
    List<InputStream> open = new ArrayList<>();

    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
    try {
      for (int i = 0; i < 500; i++) {
        open.add(Files.newInputStream(file));
      }
      assertThat(run(check).status()).isEqualTo(Status.DEGRADED);
    } finally {
      closeAll(open);
    }
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
  }

  @ParameterizedTest(name = "{0} ms of 10 s is {1}")
  @CsvSource({"0, HEALTHY", "800, HEALTHY", "801, DEGRADED", "9999, DEGRADED"})
  void pausesCountAgainstTheTimeBetweenRuns(long paused, Status expected) throws Exception {
    AtomicLong pauses = new AtomicLong(123_456);
    Check check = new GcOverheadCheck(
        new TargetShare("gc overhead", ProcessChecks.GC_OVERHEAD),
        new PauseMeter(pauses::get, time));

    pauses.addAndGet(paused);
    time.advance(Duration.ofSeconds(10));

    assertThat(run(check).status()).isEqualTo(expected);
    time.advance(Duration.ofSeconds(10));
    assertThat(run(check).status()).as("old pauses are forgotten").isEqualTo(Status.HEALTHY);
  }

  @Test
  void aRunThatFollowsTooSoonSaysWhatTheLastOneSaid() throws Exception {
    AtomicLong pauses = new AtomicLong();
    Check check = new GcOverheadCheck(
        new TargetShare("gc overhead", TARGET), new PauseMeter(pauses::get, time));
    pauses.set(900);
    time.advance(Duration.ofSeconds(1));
    CheckResult degraded = run(check);

    time.advance(Duration.ofMillis(999));

    assertThat(run(check)).isEqualTo(degraded);
    assertThat(degraded).isEqualTo(CheckResult.degraded("gc overhead 90% used (target 80%)"));
  }

  @Test
  void thePausesOfTheRealCollectorAreSeenAndForgotten() throws Exception {
    Check check = ProcessChecks.gcOverhead(new BigDecimal("0.0001"), time);

    await().until(() -> {
      System.gc();
      time.advance(Duration.ofSeconds(1));
      return run(check).status() == Status.DEGRADED;
    });
    time.advance(Duration.ofDays(1));
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
  }

  @ParameterizedTest(name = "{0} of 100 waiting is {1}")
  @CsvSource({"0, HEALTHY", "80, HEALTHY", "81, DEGRADED", "94, DEGRADED", "95, UNHEALTHY"})
  void aQueueDegradesOverItsTargetAndFailsWhenItIsAsGoodAsFull(int waiting, Status expected)
      throws Exception {
    BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(100);
    Check check = ProcessChecks.queue(queue, 100, TARGET);
    for (int i = 0; i < waiting; i++) {
      queue.put(i);
    }

    assertThat(run(check).status()).isEqualTo(expected);
    queue.clear();
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aQueueWithoutABoundIsRefused(int bound) {
    assertThatThrownBy(() -> ProcessChecks.queue(new LinkedBlockingQueue<>(), bound, TARGET))
        .hasMessage("queue.bound: " + bound + " (expected: 1 to 2147483647)");
  }

  @Test
  void busyThreadsDegradeAndAFullQueueBesideThemFails() throws Exception {
    ThreadPoolExecutor executor = executor(2, 2, new ArrayBlockingQueue<>(1));
    Check check = ProcessChecks.executor(executor, TARGET);

    occupy(executor, 1);
    assertThat(run(check)).isEqualTo(CheckResult.healthy("executor 50% used (target 80%)"));
    occupy(executor, 2);
    assertThat(run(check)).isEqualTo(CheckResult.degraded("executor 100% used (target 80%)"));
    executor.execute(() -> {});
    assertThat(run(check))
        .isEqualTo(CheckResult.unhealthy(
            "all 2 threads are busy, and the queue of 1 is full: the next task is refused"));

    over.countDown();
    await().until(() -> run(check).status() == Status.HEALTHY);
    executor.shutdown();
    assertThat(run(check)).isEqualTo(CheckResult.unhealthy("the executor is shut down"));
  }

  @Test
  void anExecutorThatHandsOverFailsWhenAllItsThreadsAreBusy() throws Exception {
    ThreadPoolExecutor executor = executor(0, 2, new SynchronousQueue<>());
    Check check = ProcessChecks.executor(executor, BigDecimal.ONE);

    occupy(executor, 1);
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
    occupy(executor, 2);
    assertThat(run(check).status()).isEqualTo(Status.UNHEALTHY);
  }

  @Test
  void anExecutorWhoseQueueHasNoBoundIsBusyWithItsCore() throws Exception {
    for (BlockingQueue<Runnable> queue : List.of(
        new LinkedBlockingQueue<Runnable>(), new PriorityBlockingQueue<Runnable>(1, (a, b) -> 0))) {
      ThreadPoolExecutor executor = executor(1, 100, queue);
      occupy(executor, 1);
      queue.add(() -> {});

      assertThat(run(ProcessChecks.executor(executor, TARGET)))
          .isEqualTo(CheckResult.degraded("executor 100% used (target 80%)"));
    }
  }

  @Test
  void aJobThatFallsSilentFailsUntilItBeatsAgain() throws Exception {
    Heartbeat heartbeat = new Heartbeat(time);
    Check check = ProcessChecks.heartbeat(heartbeat, Duration.ofMinutes(5));

    time.advance(Duration.ofMinutes(5));
    assertThat(run(check)).isEqualTo(CheckResult.healthy());
    time.advance(Duration.ofMillis(1));
    assertThat(run(check))
        .isEqualTo(CheckResult.unhealthy("silent for 5m1ms (expected: at most 5m)"));
    heartbeat.beat();
    assertThat(run(check)).isEqualTo(CheckResult.healthy());
  }

  @Test
  void aSilenceOfNoTimeIsRefused() {
    assertThatThrownBy(() -> ProcessChecks.heartbeat(new Heartbeat(time), Duration.ZERO))
        .hasMessage("heartbeat.longestSilence: 0s (expected: more than 0s)");
  }

  private ThreadPoolExecutor executor(int core, int most, BlockingQueue<Runnable> queue) {
    ThreadPoolExecutor executor = new ThreadPoolExecutor(core, most, 1, TimeUnit.MINUTES, queue);
    executors.add(executor);
    return executor;
  }

  /** Gives the executor one task that lasts, and waits until so many of them run. */
  private void occupy(ThreadPoolExecutor executor, int running) {
    executor.execute(() -> {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the executor is shut down
      }
    });
    await().until(() -> executor.getActiveCount() == running);
  }

  private static void closeAll(List<InputStream> open) throws IOException {
    for (InputStream stream : open) {
      stream.close();
    }
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(1)));
  }
}
