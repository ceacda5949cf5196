package dev.nines.dependency;

import static dev.nines.dependency.TestGuard.NAME;
import static dev.nines.dependency.TestGuard.onSystemTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.Guard.BreakerState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the machine's clock, for interrupts know no other; nothing here asserts how soon, only what and in which order. */
@Timeout(30)
class DeadlineTest {

  private static final Duration DEADLINE = Duration.ofMillis(50);

  private final List<CallOutcome> heard = new CopyOnWriteArrayList<>();

  private Dependencies started() {
    Dependencies dependencies = onSystemTime(Dependency.optional(NAME).deadline(DEADLINE));
    dependencies.listen(call -> heard.add(call.outcome()));
    return dependencies;
  }

  @Test
  void aHangingCallIsInterruptedAndSaysWhy() {
    try (Dependencies dependencies = started()) {
      Guard guard = dependencies.guard(NAME);
      DeadlineExceededException thrown = catchThrowableOfType(
          DeadlineExceededException.class, () -> guard.run(() -> new CountDownLatch(1).await()));
      assertThat(thrown)
          .hasMessage("payments: no answer within its deadline of 50ms; its breaker is closed")
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(thrown.deadline()).isEqualTo(DEADLINE);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(heard).containsExactly(CallOutcome.TIMEOUT);
      assertThat(guard.overruns()).isZero();
    }
  }

  @Test
  void anExceptionUponTheInterruptBecomesTheCauseAlsoWhenTheFlagIsSetAgain() {
    try (Dependencies dependencies = started()) {
      Guard guard = dependencies.guard(NAME);
      assertThatThrownBy(() -> guard.run(() -> {
            awaitInterrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("gave up");
          }))
          .isInstanceOf(DeadlineExceededException.class)
          .hasRootCauseMessage("gave up");
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void aLateResultIsReturnedAndCountsAsTimeout() {
    try (Dependencies dependencies = started()) {
      Guard guard = dependencies.guard(NAME);
      String late = guard.callOr(
          () -> {
            awaitInterrupt();
            return "late";
          },
          reason -> "fallback");
      assertThat(late).isEqualTo("late");
      assertThat(Thread.interrupted()).isFalse();
      assertThat(heard).containsExactly(CallOutcome.TIMEOUT);
    }
  }

  @Test
  void missedDeadlinesOpenTheBreaker() {
    try (Dependencies dependencies = started()) {
      Guard guard = dependencies.guard(NAME);
      await().until(() -> {
        guard.callOr(
            () -> {
              new CountDownLatch(1).await();
              return "";
            },
            reason -> "");
        return guard.state() == BreakerState.OPEN;
      });
    }
  }

  @Test
  void callsStuckForGoodAreCountedAndOpenTheBreakerThoughTheyNeverReturn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Dependencies dependencies = started()) {
      Guard guard = dependencies.guard(NAME);
      AtomicInteger returned = new AtomicInteger();
      AtomicInteger stuck = new AtomicInteger();
      await().until(() -> {
        if (guard.state() == BreakerState.CLOSED && stuck.get() <= guard.overruns()) {
          stuck.incrementAndGet();
          Thread thread = new Thread(() -> {
            guard.run(() -> awaitWhateverComes(release));
            returned.incrementAndGet();
          });
          thread.setDaemon(true);
          thread.start();
        }
        return guard.state() == BreakerState.OPEN;
      });
      assertThat(guard.overruns()).isGreaterThanOrEqualTo(5);
      assertThat(returned).hasValue(0);
      assertThat(heard).isEmpty();
      release.countDown();
      await().until(() -> returned.get() == stuck.get());
      assertThat(heard).containsOnly(CallOutcome.TIMEOUT).hasSize(stuck.get());
    }
  }

  @Test
  void aFutureCompletesAtTheDeadlineAndCancelsTheStage() {
    try (Dependencies dependencies = started()) {
      Guard guard = dependencies.guard(NAME);
      CompletableFuture<String> stage = new CompletableFuture<>();
      CompletableFuture<String> future = guard.callAsync(() -> stage);
      assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(DeadlineExceededException.class);
      assertThat(stage).isCancelled();
      assertThat(heard).containsExactly(CallOutcome.TIMEOUT);
    }
  }

  @Test
  void aCallbackThatBlocksHoldsUpNoOtherDeadline() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Dependencies dependencies = started()) {
      Guard guard = dependencies.guard(NAME);
      CompletableFuture<String> blocking = guard.callAsync(CompletableFuture::new);
      CountDownLatch blocked = new CountDownLatch(1);
      blocking.whenComplete((value, thrown) -> {
        blocked.countDown();
        awaitWhateverComes(release);
      });
      blocked.await();
      assertThatThrownBy(() -> guard.run(() -> new CountDownLatch(1).await()))
          .isInstanceOf(DeadlineExceededException.class);
      assertThatThrownBy(guard.<String>callAsync(CompletableFuture::new)::join)
          .hasCauseInstanceOf(DeadlineExceededException.class);
      release.countDown();
    }
  }

  /** Both deadlines are the same, so who is interrupted first is chance. */
  @RepeatedTest(30)
  void theOuterCallsInterruptSurvivesTheInnerOnes() {
    try (Dependencies dependencies = started()) {
      Guard guard = dependencies.guard(NAME);
      assertThatThrownBy(() -> guard.run(() -> {
            String inner = guard.callOr(
                () -> {
                  new CountDownLatch(1).await();
                  return "";
                },
                reason -> reason.outcome().label());
            assertThat(inner).isEqualTo("timeout");
            new CountDownLatch(1).await();
          }))
          .isInstanceOf(DeadlineExceededException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  /** Bodies that end as close to the deadline as can be: what is interrupted must be the body, never what follows. */
  @Test
  void noInterruptEverReachesTheCallerAfterTheCall() throws Exception {
    Dependencies dependencies =
        onSystemTime(Dependency.optional(NAME).deadline(Duration.ofMillis(2)));
    try (dependencies) {
      Guard guard = dependencies.guard(NAME);
      AtomicInteger strays = new AtomicInteger();
      Thread[] callers = new Thread[8];
      for (int t = 0; t < callers.length; t++) {
        callers[t] = new Thread(() -> {
          for (int i = 0; i < 400; i++) {
            long until =
                System.nanoTime() + ThreadLocalRandom.current().nextLong(1_500_000, 3_500_000);
            guard.callOr(
                () -> {
                  while (System.nanoTime() < until) {
                    LockSupport.parkNanos(20_000);
                  }
                  return "";
                },
                reason -> "");
            if (Thread.interrupted()) {
              strays.incrementAndGet();
            }
            LockSupport.parkNanos(50_000);
            if (Thread.interrupted()) {
              strays.incrementAndGet();
            }
          }
        });
        callers[t].start();
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(strays).hasValue(0);
      assertThat(guard.count(CallOutcome.TIMEOUT)).as("some were interrupted").isPositive();
    }
  }

  @RepeatedTest(20)
  void callsUnderWayMeetTheirDeadlinesAfterClosing() {
    Dependencies dependencies = started();
    Guard guard = dependencies.guard(NAME);
    assertThatThrownBy(() -> guard.run(() -> {
          dependencies.close();
          new CountDownLatch(1).await();
        }))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(guard.call(() -> "still guarded")).isEqualTo("still guarded");
  }

  private static void awaitInterrupt() {
    while (!Thread.interrupted()) {
      LockSupport.park();
    }
  }

  private static void awaitWhateverComes(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
