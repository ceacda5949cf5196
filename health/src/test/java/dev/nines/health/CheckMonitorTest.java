package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import dev.nines.derive.CheckTimings;
import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The state machine without threads: time is turned by hand, and tasks run when the test says so. */
class CheckMonitorTest {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final CheckTimings TIMINGS = new CheckTimings(
      INTERVAL, 0.1, TIMEOUT, 2, 2, Duration.ofMillis(2700), Duration.ofMillis(3500));

  private final ManualTime time = new ManualTime();
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<CheckResult> results = new ArrayList<>();
  private final List<Integer> stuck = new ArrayList<>();

  @Test
  void anAttemptThatOverstaysFailsAtItsDeadlineAndIsCutShort() {
    AtomicBoolean aborted = new AtomicBoolean();
    CheckMonitor monitor = monitor(hanging(aborted));
    monitor.advance(time.nanos());
    Thread worker = start(tasks.remove(0));

    advance(monitor, TIMEOUT.minusNanos(1));
    assertThat(results).isEmpty();
    advance(monitor, Duration.ofNanos(1));

    assertThat(results).extracting(CheckResult::message).containsExactly("no answer within 500ms");
    assertThat(monitor.stuckThreads()).isOne();
    tasks.remove(0).run();
    assertThat(aborted).isTrue();
    join(worker);
    assertThat(monitor.stuckThreads()).isZero();
  }

  @Test
  void aLateResultOfAnExpiredAttemptIsIgnored() {
    CheckMonitor monitor = monitor(run -> CheckResult.healthy());
    monitor.advance(time.nanos());
    Runnable late = tasks.remove(0);

    advance(monitor, TIMEOUT);
    late.run();

    assertThat(results)
        .extracting(CheckResult::status)
        .containsExactly(CheckResult.Status.UNHEALTHY);
    assertThat(monitor.condition(time.nanos())).isEqualTo(Condition.UNKNOWN);
  }

  @Test
  void aResultThatComesAfterTheExpiryOfItsOwnRunIsIgnored() {
    CheckMonitor monitor = monitor(run -> {
      time.advance(TIMEOUT);
      expireFromWithin.run();
      return CheckResult.healthy();
    });
    expireFromWithin = () -> monitor.advance(time.nanos());
    monitor.advance(time.nanos());
    tasks.remove(0).run();

    assertThat(results)
        .extracting(CheckResult::status)
        .containsExactly(CheckResult.Status.UNHEALTHY);
  }

  private Runnable expireFromWithin = () -> {};

  @Test
  void whatRegistersAfterItsTimeIsAbortedAtOnceAndOnlyOnce() {
    AtomicInteger aborts = new AtomicInteger();
    CheckMonitor monitor = monitor(run -> {
      time.advance(TIMEOUT);
      expireFromWithin.run();
      run.onAbort(aborts::incrementAndGet);
      return CheckResult.healthy();
    });
    expireFromWithin = () -> monitor.advance(time.nanos());
    monitor.advance(time.nanos());
    tasks.remove(0).run();
    tasks.remove(0).run();

    assertThat(aborts).hasValue(1);
    assertThat(monitor.stuckThreads()).isZero();
  }

  @Test
  void oneReplacementRunsBesideAStuckThreadAndTheCheckRecovers() {
    AtomicInteger asked = new AtomicInteger();
    CheckMonitor monitor = monitor(run -> {
      asked.incrementAndGet();
      return CheckResult.healthy();
    });
    monitor.advance(time.nanos());
    tasks.clear(); // the first thread never returns, and neither does its abort

    for (int tick = 0; tick < 4; tick++) {
      advance(monitor, INTERVAL);
      tasks.removeIf(task -> {
        task.run();
        return true;
      });
    }

    assertThat(asked).hasValue(4);
    assertThat(monitor.stuckThreads()).isOne();
    assertThat(stuck).containsExactly(1);
    assertThat(monitor.condition(time.nanos())).isEqualTo(Condition.HEALTHY);
  }

  @Test
  void withTwoStuckNoThirdIsStartedAndEachTickCountsAsFailed() {
    CheckMonitor monitor = monitor(run -> CheckResult.healthy());
    monitor.advance(time.nanos());
    for (int i = 0; i < 600; i++) {
      advance(monitor, TIMEOUT);
    }

    assertThat(tasks).as("two attempts and their two aborts").hasSize(4);
    assertThat(monitor.stuckThreads()).isEqualTo(CheckMonitor.MOST_STUCK);
    assertThat(stuck).containsExactly(1, 2);
    assertThat(results).hasSizeGreaterThan(250);
    assertThat(monitor.state().streaks().unhealthy()).isEqualTo(results.size());
    assertThat(time.nanos() - monitor.state().resultNanos())
        .as("failures are fresh, not stale")
        .isLessThan(TIMINGS.staleAfter().toNanos());
  }

  @Test
  void whenOneOfTwoStuckReturnsItsPlaceIsUsed() {
    CheckMonitor monitor = monitor(run -> CheckResult.healthy());
    monitor.advance(time.nanos());
    for (int i = 0; i < 10; i++) {
      advance(monitor, TIMEOUT);
    }
    tasks.forEach(Runnable::run);
    tasks.clear();

    for (int i = 0; i < 3; i++) {
      advance(monitor, INTERVAL.multipliedBy(2));
      tasks.remove(0).run();
    }

    assertThat(monitor.condition(time.nanos())).isEqualTo(Condition.HEALTHY);
  }

  @Test
  void aRunThatHangsAtTheNextTickIsThatTicksFailureEvenWithALongerTimeout() {
    CheckTimings slow = new CheckTimings(
        INTERVAL, 0, Duration.ofSeconds(5), 2, 2, Duration.ofSeconds(8), Duration.ofSeconds(9));
    CheckMonitor monitor = new CheckMonitor(
        "db", run -> CheckResult.healthy(), slow, time, () -> 0.5, tasks::add, listener());
    monitor.advance(time.nanos());
    advance(monitor, INTERVAL);

    assertThat(results)
        .extracting(CheckResult::status)
        .containsExactly(CheckResult.Status.UNHEALTHY);
  }

  @Test
  void runsComeWithinTheJitterAndNotAllAlike() {
    SplittableRandom random = new SplittableRandom(1);
    CheckMonitor monitor = new CheckMonitor(
        "db",
        run -> CheckResult.healthy(),
        TIMINGS,
        time,
        random::nextDouble,
        Runnable::run,
        listener());
    List<Long> gaps = new ArrayList<>();
    long next = monitor.advance(time.nanos());
    for (int i = 0; i < 1_000; i++) {
      gaps.add(next - time.nanos());
      time.advance(Duration.ofNanos(next - time.nanos()));
      next = monitor.advance(time.nanos());
    }

    assertThat(gaps).allMatch(gap -> gap >= 900_000_000L && gap <= 1_100_000_000L);
    assertThat(gaps.stream().distinct().count()).isGreaterThan(900);
    assertThat(results).hasSize(1_001);
  }

  @Test
  void aPauseOfTheMachineIsFollowedByOneRunAndNotByAllThatWereMissed() {
    CheckMonitor monitor = monitor(run -> CheckResult.healthy());
    monitor.advance(time.nanos());
    tasks.remove(0).run();
    time.advance(Duration.ofHours(1));

    assertThat(monitor.condition(time.nanos())).as("too old").isEqualTo(Condition.UNHEALTHY);
    monitor.advance(time.nanos());
    monitor.advance(time.nanos());

    assertThat(tasks).hasSize(1);
  }

  /** The promise of {@link CheckTimings#worstCase}: found within it, whenever the fault comes and whatever the jitter. */
  @Test
  void aHangIsFoundWithinTheWorstCaseThousandTimes() {
    SplittableRandom random = new SplittableRandom(7);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 1_000; i++) {
      Duration found = detect(random);
      longest = found.compareTo(longest) > 0 ? found : longest;
    }

    assertThat(longest).isLessThanOrEqualTo(TIMINGS.worstCase());
    assertThat(longest).as("the bound is no idle one").isGreaterThan(Duration.ofMillis(2500));
  }

  private Duration detect(SplittableRandom random) {
    AtomicBoolean fault = new AtomicBoolean();
    List<Runnable> hung = new ArrayList<>();
    CheckMonitor monitor = new CheckMonitor(
        "db",
        run -> CheckResult.healthy(),
        TIMINGS,
        time,
        random::nextDouble,
        task -> {
          if (fault.get()) {
            hung.add(task);
          } else {
            task.run();
          }
        },
        listener());
    runUntil(monitor, time.nanos() + random.nextLong(5_000_000_000L));
    fault.set(true);
    long from = time.nanos();
    while (monitor.condition(time.nanos()) == Condition.HEALTHY) {
      runUntil(monitor, next(monitor));
    }
    return Duration.ofNanos(time.nanos() - from);
  }

  private void runUntil(CheckMonitor monitor, long until) {
    for (long next = next(monitor); next < until; next = next(monitor)) {
      time.advance(Duration.ofNanos(next - time.nanos()));
    }
    time.advance(Duration.ofNanos(until - time.nanos()));
    monitor.advance(time.nanos());
  }

  private long next(CheckMonitor monitor) {
    long next = monitor.advance(time.nanos());
    assertThat(next)
        .as("what is due is done, and what is next lies ahead")
        .isGreaterThan(time.nanos());
    return next;
  }

  @Test
  void whatACheckThrowsIsItsFailure() {
    CheckMonitor monitor = monitor(run -> {
      throw new IllegalStateException("no route");
    });
    monitor.advance(time.nanos());
    tasks.remove(0).run();

    assertThat(results)
        .extracting(CheckResult::message)
        .containsExactly("IllegalStateException: no route");
  }

  @Test
  void anErrorAndANullAreFailuresToo() {
    AtomicInteger asked = new AtomicInteger();
    CheckMonitor monitor = monitor(run -> {
      if (asked.getAndIncrement() == 0) {
        throw new StackOverflowError();
      }
      return nothing();
    });
    monitor.advance(time.nanos());
    tasks.remove(0).run();
    advance(monitor, INTERVAL);
    tasks.remove(0).run();

    assertThat(results)
        .extracting(CheckResult::message)
        .containsExactly("StackOverflowError", "NullPointerException: the check returned null");
  }

  @SuppressWarnings({"NullAway", "DataFlowIssue"})
  private static CheckResult nothing() {
    return null;
  }

  @Test
  void withoutAThreadTheTickCountsAsFailedAndTheNextIsTriedAgain() {
    AtomicBoolean full = new AtomicBoolean(true);
    CheckMonitor monitor = new CheckMonitor(
        "db",
        run -> CheckResult.healthy(),
        TIMINGS,
        time,
        () -> 0.5,
        task -> {
          if (full.get()) {
            throw new RejectedExecutionException("full");
          }
          task.run();
        },
        listener());
    monitor.advance(time.nanos());
    full.set(false);
    advance(monitor, INTERVAL);
    advance(monitor, INTERVAL);

    assertThat(results)
        .extracting(CheckResult::status)
        .containsExactly(
            CheckResult.Status.UNHEALTHY, CheckResult.Status.HEALTHY, CheckResult.Status.HEALTHY);
    assertThat(monitor.condition(time.nanos())).isEqualTo(Condition.HEALTHY);
  }

  @Test
  void closeCutsShortWhatRuns() {
    AtomicBoolean aborted = new AtomicBoolean();
    CheckMonitor monitor = monitor(hanging(aborted));
    monitor.advance(time.nanos());
    Thread worker = start(tasks.remove(0));

    monitor.close();
    tasks.remove(0).run();

    join(worker);
    assertThat(aborted).isTrue();
    assertThat(results).isEmpty();
  }

  private CheckMonitor monitor(Check check) {
    return new CheckMonitor("db", check, TIMINGS, time, () -> 0.5, tasks::add, listener());
  }

  private CheckMonitor.Listener listener() {
    return new CheckMonitor.Listener() {
      @Override
      public void recorded(
          CheckMonitor monitor, CheckResult result, CheckState before, CheckState after) {
        results.add(result);
      }

      @Override
      public void stuck(CheckMonitor monitor, int threads) {
        stuck.add(threads);
      }
    };
  }

  private void advance(CheckMonitor monitor, Duration by) {
    time.advance(by);
    monitor.advance(time.nanos());
  }

  /** Hangs until it is interrupted. */
  private static Check hanging(AtomicBoolean aborted) {
    return (CheckRun run) -> {
      run.onAbort(() -> aborted.set(true));
      new java.util.concurrent.CountDownLatch(1).await();
      return CheckResult.healthy();
    };
  }

  /** Starts a task and waits until it hangs. */
  private static Thread start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    org.awaitility.Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  private static void join(Thread thread) {
    org.awaitility.Awaitility.await().until(() -> !thread.isAlive());
  }
}
