package dev.nines.dependency;

import static dev.nines.dependency.TestGuard.NAME;
import static dev.nines.dependency.TestGuard.closedBreaker;
import static dev.nines.dependency.TestGuard.targets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.telemetry.Event;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerOpeningTest {

  private static final Duration TENTH = Duration.ofMillis(100);

  @ParameterizedTest(name = "a failure every {0} ms opens with failure {1}")
  @CsvSource({"167, 7", "200, 6", "250, 5", "1000, 5", "5000, 5"})
  void totalFailureFromAnEmptyWindowOpensWithTheFifthToSeventhFailureThatSpansTwoSeconds(
      int millis, int opening) {
    try (TestGuard it = closedBreaker()) {
      it.failEvery(Duration.ofMillis(millis), opening - 1);
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
      it.fail();
      assertThat(it.state()).isEqualTo(BreakerState.OPEN);
    }
  }

  @Test
  void fourFailuresNeverOpenItHoweverManySeconds() {
    try (TestGuard it = closedBreaker()) {
      it.failEvery(Duration.ofSeconds(7), 4);
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @ParameterizedTest(name = "begun at {0} ms of a second")
  @CsvSource({"0", "500", "999"})
  void aBlipOfASecondDoesNotOpenItAlsoWhenASecondTurnsWithin(int begun) {
    try (TestGuard it = closedBreaker()) {
      it.advance(Duration.ofMillis(begun));
      it.failEvery(Duration.ofMillis(1), 1000);
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
      it.succeedEvery(Duration.ofMillis(10), 10_000);
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void failuresThatOutlastTheBlipOpenIt() {
    try (TestGuard it = closedBreaker()) {
      it.failEvery(Duration.ofMillis(1), 1000);
      it.fail();
      assertThat(it.state()).isEqualTo(BreakerState.OPEN);
    }
  }

  @Test
  void fromAFullHealthyWindowARequiredOneOpensWithinAQuarterOfTheDetectionTime() {
    assertThat(timeToOpen(Dependency.required(NAME)))
        .isLessThanOrEqualTo(Duration.ofMillis(7500))
        .isGreaterThan(Duration.ofSeconds(3));
  }

  @Test
  void fromAFullHealthyWindowAnOptionalOneOpensWithinATenthOfTheDetectionTime() {
    assertThat(timeToOpen(Dependency.optional(NAME)))
        .isLessThanOrEqualTo(Duration.ofSeconds(3))
        .isGreaterThan(Duration.ofSeconds(1));
  }

  private static Duration timeToOpen(Dependency dependency) {
    try (TestGuard it = closedBreaker(dependency)) {
      it.succeedEvery(TENTH, 600);
      long start = it.time.nanos();
      while (it.state() == BreakerState.CLOSED) {
        it.advance(TENTH);
        it.fail();
      }
      return Duration.ofNanos(it.time.nanos() - start);
    }
  }

  @Test
  void aDeclaredThresholdMovesTheOpening() {
    assertThat(openedBySevenFailuresInTen("0.6")).isTrue();
    assertThat(openedBySevenFailuresInTen("0.8")).isFalse();
  }

  private static boolean openedBySevenFailuresInTen(String threshold) {
    BigDecimal declared = new BigDecimal(threshold);
    try (TestGuard it = closedBreaker(Dependency.required(NAME).failureRateThreshold(declared))) {
      for (int i = 0; i < 1000 && it.state() == BreakerState.CLOSED; i++) {
        if (i % 10 < 3) {
          it.succeed();
        } else {
          it.fail();
        }
        it.advance(TENTH);
      }
      return it.state() == BreakerState.OPEN;
    }
  }

  @Test
  void theDetectionTargetMovesBothWindowsAndTheWait() {
    var quick = targets().toBuilder().detection(Duration.ofSeconds(6)).build();
    try (TestGuard it = closedBreaker(quick, Dependency.optional(NAME))) {
      it.failEvery(Duration.ofMillis(1600), 4);
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
      it.advance(Duration.ofSeconds(3));
      it.fail();
      assertThat(it.state())
          .as("the first failures have left the window of 6 s")
          .isEqualTo(BreakerState.CLOSED);
      it.opened();
      assertThat(it.guard.retryAfter()).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(2));
    }
  }

  @Test
  void failuresBelowTheThresholdKeepItClosed() {
    try (TestGuard it = closedBreaker()) {
      for (int i = 0; i < 2000; i++) {
        if (i % 6 == 5) {
          it.fail();
        } else {
          it.succeed();
        }
        it.advance(TENTH);
      }
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void chanceAloneNeverOpensIt() {
    SplittableRandom random = new SplittableRandom(17);
    for (int perSecond : new int[] {1, 10, 1000}) {
      try (TestGuard it = closedBreaker()) {
        for (int i = 0; i < 50_000; i++) {
          if (random.nextDouble() < 0.001) {
            it.fail();
          } else {
            it.succeed();
          }
          it.advance(Duration.ofSeconds(1).dividedBy(perSecond));
        }
        assertThat(it.events).isEmpty();
      }
    }
  }

  @Test
  void slowCallsOpenItLikeFailedOnes() {
    try (TestGuard it = closedBreaker(Dependency.required(NAME))) {
      for (int i = 0; i < 50 && it.state() == BreakerState.CLOSED; i++) {
        it.take(Duration.ofMillis(301));
      }
      assertThat(it.state()).isEqualTo(BreakerState.OPEN);
      assertThat(it.events.get(0).fields()).containsEntry("cause", "slow_calls");
    }
  }

  @Test
  void callsJustWithinTheirShareAreNotSlow() {
    try (TestGuard it = closedBreaker(Dependency.required(NAME))) {
      for (int i = 0; i < 500; i++) {
        it.take(Duration.ofMillis(300));
      }
      assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }
  }

  @Test
  void openingTellsWhatWasSeenAndWhenTheNextTryIs() {
    try (TestGuard it = closedBreaker().opened()) {
      Event opened = it.events.get(0);
      assertThat(opened.type()).isEqualTo("breaker_opened");
      assertThat(opened.level()).isEqualTo(System.Logger.Level.WARNING);
      assertThat(opened.fields())
          .containsEntry("dependency", NAME)
          .containsEntry("cause", "failures")
          .containsEntry("bad_calls", 5)
          .containsEntry("calls", 5)
          .containsEntry("bad_ratio", 1.0)
          .containsEntry("window_seconds", 10)
          .containsEntry("wait_ms", 10_000L);
      assertThat(opened.message())
          .isEqualTo(
              "The breaker of payments opened: 5 of 5 calls were bad; the next try is in 10s");
    }
  }

  @Test
  void anOpenBreakerRefusesWithoutCallingAndSaysDependencyStateAndTimeToRetry() {
    try (TestGuard it = TestGuard.openBreaker()) {
      it.advance(Duration.ofMillis(1100));
      BreakerOpenException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
          BreakerOpenException.class,
          () -> it.guard.call(() -> {
            throw new AssertionError("called");
          }));
      assertThat(refused.dependency()).isEqualTo(NAME);
      assertThat(refused.state()).isEqualTo(BreakerState.OPEN);
      assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(8650));
      assertThat(refused).hasMessage("payments: not called, its breaker is open; retry in 8s650ms");
    }
  }
}
