package dev.nines.dependency;

import static dev.nines.dependency.SimulatedBreaker.failing;
import static dev.nines.dependency.SimulatedBreaker.independent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.dependency.Guard.BreakerState;
import dev.nines.telemetry.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real breaker under seeded chance, on a clock of its own, at the default detection target of 30 s. */
class BreakerSimulationTest {

  private static final double[] RATES = {0.2, 1, 10, 100, 1000};
  private static final String[] ERROR_RATES = {"0.001", "0.005", "0.01", "0.02", "0.05"};
  private static final double SLOW = 0.01;
  private static final double CORRELATION = 0.01;
  private static final Duration DETECTION = Duration.ofSeconds(30);
  private static final int SEEDS = 40;

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (double rate : RATES) {
      for (String errorRate : ERROR_RATES) {
        cells.add(Arguments.of(rate, errorRate));
      }
    }
    return cells.stream();
  }

  static Stream<Arguments> busyCells() {
    return cells().filter(cell -> (double) cell.get()[0] >= 10);
  }

  @ParameterizedTest(name = "{0} calls/s of which {1} fail")
  @MethodSource("cells")
  void chanceAloneNeverOpensIt(double rate, String errorRate) {
    assertThat(openedByChance(rate, errorRate, 500_000)).isEmpty();
  }

  @ParameterizedTest(name = "{0} calls/s of which {1} fail")
  @MethodSource("cells")
  void burstsNeverOpenIt(double rate, String errorRate) {
    assertThat(openedByBursts(rate, errorRate, 500_000)).isEmpty();
  }

  @Tag("soak")
  @ParameterizedTest(name = "{0} calls/s of which {1} fail")
  @MethodSource("cells")
  void neitherDoesInTenMillionCallsEach(double rate, String errorRate) {
    assertThat(openedByChance(rate, errorRate, 10_000_000)).isEmpty();
    assertThat(openedByBursts(rate, errorRate, 10_000_000)).isEmpty();
  }

  /** An optional dependency's, since its threshold is the lower one. */
  private static List<Event> openedByChance(double rate, String errorRate, long calls) {
    SimulatedBreaker it = SimulatedBreaker.of(false, errorRate, rate, 17);
    it.calls(calls, independent(Double.parseDouble(errorRate), SLOW));
    return it.events;
  }

  private static List<Event> openedByBursts(double rate, String errorRate, long calls) {
    SimulatedBreaker it = SimulatedBreaker.of(false, errorRate, rate, 17);
    it.calls(calls, it.bursts(Double.parseDouble(errorRate), SLOW, CORRELATION));
    return it.events;
  }

  @ParameterizedTest(name = "{0} calls/s of which {1} usually fail")
  @MethodSource("cells")
  void totalFailureFromAnEmptyWindowOpensItWithTheFifthToSeventhThatSpansTwoSeconds(
      double rate, String errorRate) {
    for (boolean required : new boolean[] {true, false}) {
      SimulatedBreaker it = SimulatedBreaker.of(required, errorRate, rate, 1);
      long failures = it.callsUntil(BreakerState.OPEN, 10_000, failing(1));
      long spanning = (long) Math.ceil(rate) + 1;
      assertThat(failures).isBetween(5L, Math.max(7, spanning));
    }
  }

  @ParameterizedTest(name = "{0} calls/s of which {1} usually fail")
  @MethodSource("busyCells")
  void totalFailureFromAFullHealthyWindowOpensItInTime(double rate, String errorRate) {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(timeToOpen(true, rate, errorRate, 1, seed))
          .isLessThanOrEqualTo(DETECTION.dividedBy(4));
      assertThat(timeToOpen(false, rate, errorRate, 1, seed))
          .isLessThanOrEqualTo(DETECTION.dividedBy(10));
    }
  }

  @ParameterizedTest(name = "{0} calls/s of which {1} usually fail")
  @MethodSource("busyCells")
  void tenPointsOverTheThresholdOpenItInTimeOnceTheWindowHoldsThem(double rate, String errorRate) {
    for (boolean required : new boolean[] {true, false}) {
      for (int seed = 0; seed < SEEDS; seed++) {
        SimulatedBreaker it = healthy(required, rate, errorRate, seed);
        double over = it.settings.failureRateThreshold().doubleValue() + 0.1;
        assertThat(timeToOpen(it, over))
            .isLessThanOrEqualTo(it.settings.window().plus(DETECTION.dividedBy(3)));
      }
    }
  }

  @Test
  void aBreakerIsBackSixtySecondsAfterItsDependencyAtOneCallASecond() {
    for (String errorRate : ERROR_RATES) {
      for (int seed = 0; seed < 200; seed++) {
        SimulatedBreaker it = brokenFor(30 + 7L * seed, errorRate, seed);
        assertThat(timeToClose(it, failing(0))).isLessThanOrEqualTo(Duration.ofSeconds(60));
      }
    }
  }

  @ParameterizedTest(name = "of which {0} fail by chance")
  @MethodSource("errorRates")
  void chanceMakesItWaitOnceMoreInFewRecoveriesOnly(String errorRate) {
    int late = 0;
    for (int seed = 0; seed < 1000; seed++) {
      SimulatedBreaker it = brokenFor(30 + seed, errorRate, seed);
      Duration time = timeToClose(it, independent(Double.parseDouble(errorRate), SLOW));
      late += time.compareTo(Duration.ofSeconds(60)) > 0 ? 1 : 0;
    }
    assertThat(late).isLessThanOrEqualTo(30);
  }

  static Stream<String> errorRates() {
    return Stream.of(ERROR_RATES);
  }

  private static SimulatedBreaker brokenFor(long seconds, String errorRate, int seed) {
    SimulatedBreaker it = SimulatedBreaker.of(seed % 2 == 0, errorRate, 1, seed);
    it.callsUntil(BreakerState.OPEN, 100, failing(1));
    it.during(Duration.ofSeconds(seconds), failing(1));
    return it;
  }

  private static Duration timeToClose(SimulatedBreaker it, SimulatedBreaker.Dependency back) {
    Duration start = it.elapsed();
    it.callsUntil(BreakerState.CLOSED, 1_000_000, back);
    return it.elapsed().minus(start);
  }

  @Test
  void withoutTrafficAPassingCheckBringsItToHalfOpen() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimulatedBreaker it = SimulatedBreaker.of(true, "0.001", 1, seed);
      it.callsUntil(BreakerState.OPEN, 100, failing(1));
      Duration opened = it.elapsed();
      Duration wait = it.breaker.retryAfter();
      while (it.breaker.state() == BreakerState.OPEN) {
        it.pause(Duration.ofSeconds(5));
        it.checkPassed();
      }
      assertThat(it.breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
      assertThat(it.elapsed().minus(opened)).isBetween(wait, wait.plusSeconds(5));
    }
  }

  /** All see the outage at once, and none knows of the others: what keeps them apart is chance alone. */
  @Test
  void aHundredInstancesDoNotProbeInStep() {
    List<SimulatedBreaker> instances = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      SimulatedBreaker it = SimulatedBreaker.of(true, "0.001", 10, i);
      it.callsUntil(BreakerState.OPEN, 1000, failing(1));
      instances.add(it);
    }
    int[] probesInSecond = new int[300];
    for (SimulatedBreaker it : instances) {
      while (it.elapsed().toSeconds() < probesInSecond.length) {
        if (it.call(failing(1))) {
          probesInSecond[(int) Math.min(probesInSecond.length - 1, it.elapsed().toSeconds())]++;
        }
      }
    }
    assertThat(Arrays.stream(probesInSecond).max().orElseThrow())
        .as("at most two probes each of a fifth of them")
        .isLessThanOrEqualTo(40);
  }

  /** Calls of the trial end well, badly, by cancellation, late, or in the next trial; whatever comes, ten good ones end it. */
  @Test
  void aTrialNeverHasMoreThanItsCallsUnderWayNeverLeaksAPermitAndNeverSticks() {
    SplittableRandom random = new SplittableRandom(5);
    for (int seed = 0; seed < 200; seed++) {
      SimulatedBreaker it = brokenFor(seed, "0.001", seed);
      List<Era> underWay = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        it.pause(Duration.ofMillis(random.nextInt(500)));
        Era permit = it.admit();
        if (permit != null) {
          underWay.add(permit);
        }
        assertThat(ofTheTrial(it, underWay)).isLessThanOrEqualTo(10);
        if (!underWay.isEmpty() && random.nextInt(4) > 0) {
          it.end(underWay.remove(random.nextInt(underWay.size())), random.nextInt(4));
        }
      }
      underWay.forEach(it::cancel);
      Duration most = it.settings.openWaitMost().multipliedBy(2);
      assertThat(timeToClose(it, failing(0))).isLessThanOrEqualTo(most);
    }
  }

  private static long ofTheTrial(SimulatedBreaker it, List<Era> underWay) {
    return underWay.stream()
        .filter(permit -> permit.state == BreakerState.HALF_OPEN && it.isPresent(permit))
        .count();
  }

  private static Duration timeToOpen(
      boolean required, double rate, String errorRate, double failing, long seed) {
    return timeToOpen(healthy(required, rate, errorRate, seed), failing);
  }

  private static Duration timeToOpen(SimulatedBreaker it, double failing) {
    Duration start = it.elapsed();
    it.callsUntil(BreakerState.OPEN, 1_000_000, failing(failing));
    return it.elapsed().minus(start);
  }

  private static SimulatedBreaker healthy(
      boolean required, double rate, String errorRate, long seed) {
    SimulatedBreaker it = SimulatedBreaker.of(required, errorRate, rate, seed);
    it.during(DETECTION.multipliedBy(2), independent(Double.parseDouble(errorRate), SLOW));
    assertThat(it.breaker.state()).isEqualTo(BreakerState.CLOSED);
    return it;
  }
}
