package dev.nines.dependency;

import static dev.nines.dependency.TestGuard.closedBreaker;
import static dev.nines.dependency.TestGuard.halfOpenBreaker;
import static dev.nines.dependency.TestGuard.openBreaker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nines.budget.BudgetState;
import dev.nines.dependency.Guard.BreakerState;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BreakerRecoveryTest {

  @Test
  void theWaitDoublesFromAThirdOfTheDetectionTimeToHalfAMinute() {
    try (TestGuard it = openBreaker()) {
      List<Long> waits = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        waits.add((long) it.events.get(it.events.size() - 1).fields().get("wait_ms"));
        it.advance(it.guard.retryAfter());
        it.fail();
        it.fail();
      }
      assertThat(waits).containsExactly(10_000L, 20_000L, 30_000L, 30_000L, 30_000L);
    }
  }

  @Test
  void aRecoveryBeginsTheWaitsAnew() {
    try (TestGuard it = openBreaker()) {
      it.advance(it.guard.retryAfter());
      it.fail();
      it.fail();
      it.advance(it.guard.retryAfter());
      for (int i = 0; i < 10; i++) {
        it.succeed();
      }
      it.opened();
      assertThat(it.guard.retryAfter()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }
  }

  @Test
  void theJitterMovesTheWaitByHalfEitherWayAndNoFurther() {
    assertThat(firstWait(0)).isEqualTo(5_000);
    assertThat(firstWait(0.5)).isEqualTo(10_000);
    assertThat(firstWait(Math.nextDown(1.0))).isEqualTo(15_000);
    SplittableRandom random = new SplittableRandom(3);
    double sum = 0;
    for (int i = 0; i < 200; i++) {
      long wait = firstWait(random.nextDouble());
      assertThat(wait).isBetween(5_000L, 15_000L);
      sum += wait;
    }
    assertThat(sum / 200).isCloseTo(10_000, within(600.0));
  }

  @Test
  void instancesOnTheirOwnRandomnessDoNotWaitInStep() {
    var settings = TestGuard.derive(TestGuard.targets(), Dependency.optional(TestGuard.NAME));
    var time = new dev.nines.testing.ManualTime();
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      try (Dependencies instance = Dependencies.of(
          List.of(Dependency.optional(TestGuard.NAME)),
          settings,
          () -> BudgetState.NORMAL,
          time,
          dev.nines.trace.Tracing.using(io.opentelemetry.api.OpenTelemetry.noop()),
          new dev.nines.telemetry.EventBus(),
          new dev.nines.telemetry.Instruments())) {
        Guard guard = instance.guard(TestGuard.NAME);
        while (guard.state() == BreakerState.CLOSED) {
          guard.callOr(
              () -> {
                throw new IllegalStateException("down");
              },
              CallFailure::outcome);
          time.advance(Duration.ofMillis(300));
        }
        waits.add(guard.retryAfter());
      }
    }
    assertThat(waits.stream().distinct()).hasSizeGreaterThan(15);
  }

  private static long firstWait(double random) {
    try (TestGuard it = closedBreaker(() -> random).opened()) {
      return (long) it.events.get(0).fields().get("wait_ms");
    }
  }

  @Test
  void afterTheWaitTheNextCallIsATrial() {
    try (TestGuard it = openBreaker()) {
      it.advance(it.guard.retryAfter().minusNanos(1));
      assertThat(it.tried()).isEqualTo(CallOutcome.BREAKER_OPEN);
      it.advance(Duration.ofNanos(1));
      assertThat(it.tried()).isEqualTo(CallOutcome.SUCCESS);
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
      assertThat(it.eventTypes()).containsExactly("breaker_opened", "breaker_half_open");
    }
  }

  @Test
  void aPassingCheckAfterTheWaitNeedsNoTraffic() {
    try (TestGuard it = openBreaker()) {
      it.guard.probeSucceeded();
      assertThat(it.state()).isEqualTo(BreakerState.OPEN);
      it.advance(it.guard.retryAfter());
      it.guard.probeSucceeded();
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
      it.guard.probeSucceeded();
      assertThat(it.eventTypes()).containsExactly("breaker_opened", "breaker_half_open");
    }
  }

  @Test
  void aPassingCheckMeansNothingToAClosedBreaker() {
    try (TestGuard it = closedBreaker()) {
      it.guard.probeSucceeded();
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
      assertThat(it.events).isEmpty();
    }
  }

  @Test
  void theTrialAdmitsTenCallsAtMost() {
    try (TestGuard it = halfOpenBreaker()) {
      List<CompletableFuture<String>> pending = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        pending.add(it.guard.callAsync(CompletableFuture::new));
      }
      assertThat(pending).noneMatch(CompletableFuture::isDone);
      assertThat(it.tried()).isEqualTo(CallOutcome.BREAKER_OPEN);
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> it.guard.call(() -> "")))
          .hasMessage("payments: not called, its breaker is half-open with all trial calls under"
              + " way; retry in 300ms");
    }
  }

  @Test
  void tenGoodCallsCloseIt() {
    try (TestGuard it = halfOpenBreaker()) {
      for (int i = 0; i < 10; i++) {
        assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
        it.succeed();
      }
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
      assertThat(it.eventTypes())
          .containsExactly("breaker_opened", "breaker_half_open", "breaker_closed");
      assertThat(it.events.get(2).fields()).containsEntry("broken_ms", 10_000L);
    }
  }

  @Test
  void oneGoodCallClosesItOnceTheHalfOpenTimeIsOver() {
    try (TestGuard it = halfOpenBreaker()) {
      it.succeed();
      it.advance(Duration.ofMillis(9_999));
      it.succeed();
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
      it.advance(Duration.ofMillis(1));
      it.fail();
      assertThat(it.state())
          .as("two good calls were proof enough before this one was admitted")
          .isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void theFirstFailureDoesNotReopenItTheSecondDoes() {
    try (TestGuard it = halfOpenBreaker()) {
      it.fail();
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
      it.succeed();
      it.fail();
      assertThat(it.state()).isEqualTo(BreakerState.OPEN);
      assertThat(it.events.get(2).fields())
          .containsEntry("cause", "trial")
          .containsEntry("bad_calls", 2)
          .containsEntry("calls", 3)
          .containsEntry("wait_ms", 20_000L);
    }
  }

  @Test
  void oneBadCallAmongTenIsChanceAndItCloses() {
    try (TestGuard it = halfOpenBreaker()) {
      it.fail();
      for (int i = 0; i < 9; i++) {
        assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
        it.succeed();
      }
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void aDependencyThatMayFailOftenMayDoSoInItsTrialToo() {
    Dependency declared = Dependency.optional(TestGuard.NAME).errorRate(new BigDecimal("0.05"));
    try (TestGuard it = closedBreaker(declared).opened()) {
      it.advance(it.guard.retryAfter());
      it.fail();
      it.fail();
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
      it.fail();
      assertThat(it.state()).isEqualTo(BreakerState.OPEN);
    }
  }

  @Test
  void aFailureKeepsItFromClosingByTime() {
    try (TestGuard it = halfOpenBreaker()) {
      it.fail();
      it.advance(Duration.ofMinutes(5));
      it.succeed();
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
    }
  }

  @Test
  void withoutACallItStaysHalfOpen() {
    try (TestGuard it = halfOpenBreaker()) {
      it.advance(Duration.ofDays(3));
      it.guard.probeSucceeded();
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
    }
  }

  @Test
  void slowTrialCallsCountAsBad() {
    try (TestGuard it = halfOpenBreaker()) {
      it.take(Duration.ofSeconds(1));
      it.take(Duration.ofSeconds(1));
      assertThat(it.state()).isEqualTo(BreakerState.OPEN);
    }
  }

  @Test
  void cancelledTrialCallsGiveTheirPermitsBack() {
    try (TestGuard it = halfOpenBreaker()) {
      for (int round = 0; round < 5; round++) {
        List<CompletableFuture<String>> pending = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          pending.add(it.guard.callAsync(CompletableFuture::new));
        }
        assertThat(it.tried()).isEqualTo(CallOutcome.BREAKER_OPEN);
        pending.forEach(future -> future.cancel(true));
      }
      for (int i = 0; i < 10; i++) {
        it.succeed();
      }
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void callsFromBeforeTheOutageSayNothingAboutTheTrial() {
    try (TestGuard it = closedBreaker()) {
      List<CompletableFuture<String>> early = new ArrayList<>();
      List<CompletableFuture<String>> underlying = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        CompletableFuture<String> stage = new CompletableFuture<>();
        underlying.add(stage);
        early.add(it.guard.callAsync(() -> stage));
      }
      it.opened();
      it.advance(it.guard.retryAfter());
      it.guard.probeSucceeded();
      underlying.get(0).completeExceptionally(new IllegalStateException("late"));
      underlying.get(1).completeExceptionally(new IllegalStateException("late"));
      early.get(2).cancel(true);
      early.get(3).cancel(true);
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
      List<CompletableFuture<String>> trial = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        trial.add(it.guard.callAsync(CompletableFuture::new));
      }
      assertThat(trial).noneMatch(CompletableFuture::isDone);
      assertThat(it.tried())
          .as("a cancelled early call adds no permit")
          .isEqualTo(CallOutcome.BREAKER_OPEN);
    }
  }

  @Test
  void aPermitOfAnEarlierTrialAddsNoneToALaterOne() {
    try (TestGuard it = halfOpenBreaker()) {
      CompletableFuture<String> earlier = it.guard.callAsync(CompletableFuture::new);
      it.fail();
      it.fail();
      it.advance(it.guard.retryAfter());
      it.guard.probeSucceeded();
      List<CompletableFuture<String>> trial = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        trial.add(it.guard.callAsync(CompletableFuture::new));
      }
      earlier.cancel(true);
      assertThat(it.tried()).isEqualTo(CallOutcome.BREAKER_OPEN);
      assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);
    }
  }

  @Test
  void aClosedBreakerHasForgottenTheOutage() {
    try (TestGuard it = halfOpenBreaker()) {
      for (int i = 0; i < 10; i++) {
        it.succeed();
      }
      it.failEvery(Duration.ofSeconds(1), 4);
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }
  }
}
