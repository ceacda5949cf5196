package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.health.BlackHole;
import dev.nines.testing.FairClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompositeChecksTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @ParameterizedTest(name = "{0} of {1}, {2}, {3} is {4}")
  @CsvSource({
    "1, HEALTHY, HEALTHY, HEALTHY, HEALTHY",
    "1, HEALTHY, UNHEALTHY, UNHEALTHY, DEGRADED",
    "1, UNHEALTHY, DEGRADED, UNHEALTHY, DEGRADED",
    "1, UNHEALTHY, UNHEALTHY, UNHEALTHY, UNHEALTHY",
    "2, HEALTHY, UNHEALTHY, HEALTHY, DEGRADED",
    "2, HEALTHY, UNHEALTHY, UNHEALTHY, UNHEALTHY",
    "3, HEALTHY, HEALTHY, DEGRADED, DEGRADED",
    "3, HEALTHY, HEALTHY, UNHEALTHY, UNHEALTHY"
  })
  void whatIsNeededDecidesAndAPartThatIsMissingDegrades(
      int least, Status a, Status b, Status c, Status expected) throws Exception {
    Map<String, Check> parts = Map.of("a", says(a), "b", says(b), "c", says(c));

    assertThat(run(CompositeChecks.quorum(least, parts), TIMEOUT).status()).isEqualTo(expected);
  }

  @Test
  void realPortsFailAndRecoverByTheirNames() throws Exception {
    ServerSocket one = listen(0);
    int port = one.getLocalPort();
    try (ServerSocket two = listen(0)) {
      Map<String, Check> parts = new LinkedHashMap<>();
      parts.put("one", Checks.tcp("127.0.0.1", port));
      parts.put("two", Checks.tcp("127.0.0.1", two.getLocalPort()));
      Check any = CompositeChecks.any(parts);
      Check all = CompositeChecks.all(parts);

      assertThat(run(all, TIMEOUT)).isEqualTo(CheckResult.healthy());
      one.close();
      assertThat(run(any, TIMEOUT).status()).isEqualTo(Status.DEGRADED);
      assertThat(run(all, TIMEOUT).status()).isEqualTo(Status.UNHEALTHY);
      assertThat(run(all, TIMEOUT).message())
          .startsWith("1 of 2 healthy (needed: 2); one: ")
          .doesNotContain("two: ");
      try (ServerSocket back = listen(port)) {
        assertThat(back.getLocalPort()).isEqualTo(port);
        assertThat(run(all, TIMEOUT)).isEqualTo(CheckResult.healthy());
      }
    }
  }

  @Test
  void aPartThatHangsIsToldInTimeAndTakesNothingFromTheOthers() throws Exception {
    Duration timeout = Duration.ofSeconds(2);
    try (BlackHole hole = BlackHole.unreachable();
        ServerSocket up = listen(0)) {
      Map<String, Check> parts = new LinkedHashMap<>();
      parts.put("hangs", run -> Checks.tcp("127.0.0.1", hole.port()).run(new TestRun(TIMEOUT)));
      parts.put("up", Checks.tcp("127.0.0.1", up.getLocalPort()));

      Duration took = FairClock.timing(() -> assertThat(run(CompositeChecks.any(parts), timeout))
          .isEqualTo(CheckResult.degraded("1 of 2 healthy (needed: 1); hangs: no answer in time")));

      assertThat(took).isLessThan(timeout);
    }
  }

  @Test
  void aPartThatNeverReturnsHoldsTwoThreadsAtMostAndRecoversWhenTheyDo() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger aborted = new AtomicInteger();
    Check check = CompositeChecks.all(Map.of("stuck", run -> {
      begun.incrementAndGet();
      run.onAbort(aborted::incrementAndGet);
      awaitWhateverComes(over);
      return CheckResult.healthy();
    }));

    for (int i = 0; i < 5; i++) {
      assertThat(run(check, Duration.ofMillis(100)).status()).isEqualTo(Status.UNHEALTHY);
    }
    await().until(() -> aborted.get() == 2);
    assertThat(begun).hasValue(2);

    over.countDown();
    await().until(() -> run(check, TIMEOUT).status() == Status.HEALTHY);
  }

  @Test
  void aPartThatThrowsIsUnhealthyAndNamed() throws Exception {
    Map<String, Check> parts = new LinkedHashMap<>();
    parts.put("error", run -> {
      throw new StackOverflowError("deep");
    });

    assertThat(run(CompositeChecks.all(parts), TIMEOUT).message())
        .isEqualTo("0 of 1 healthy (needed: 1); error: java.lang.StackOverflowError: deep");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aQuorumThatCannotBeIsRefused(int least) {
    Map<String, Check> two = Map.of("a", says(Status.HEALTHY), "b", says(Status.HEALTHY));

    assertThatThrownBy(() -> CompositeChecks.quorum(least, two))
        .hasMessage("quorum.least: " + least + " (expected: 1 to 2)");
    assertThatThrownBy(() -> CompositeChecks.all(Map.of()))
        .hasMessage("parts: none (expected: at least one check)");
  }

  private static void awaitWhateverComes(CountDownLatch over) {
    boolean done = false;
    while (!done) {
      try {
        over.await();
        done = true;
      } catch (InterruptedException e) {
        done = false; // a driver that does not hear an interrupt
      }
    }
  }

  private static ServerSocket listen(int port) throws Exception {
    return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }

  private static Check says(Status status) {
    return run -> new CheckResult(status, "it is so");
  }

  private static CheckResult run(Check check, Duration timeout) throws Exception {
    return check.run(new TestRun(timeout));
  }
}
