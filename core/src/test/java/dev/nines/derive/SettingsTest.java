package dev.nines.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.targets.DependencyTargets;
import dev.nines.targets.Durations;
import dev.nines.targets.LatencyTarget;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.ReliabilityTargetsBuilder;
import dev.nines.targets.RouteTargets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final BigDecimal BOUND = new BigDecimal("0.00000001");

  @ParameterizedTest
  @CsvSource({
    // detection, interval, timeout, worst case, stale, period, failures, worst case with probes
    "5s, 1s, 500ms, 2700ms, 3500ms, 1, 1, 4700ms",
    "6s, 1s, 500ms, 2700ms, 3500ms, 1, 2, 5700ms",
    "12s, 2s, 800ms, 5200ms, 6800ms, 1, 3, 9200ms",
    "30s, 5s, 2s, 13s, 17s, 5, 3, 29s",
    "60s, 10s, 3s, 25s, 33s, 10, 3, 56s",
    "3600s, 10s, 3s, 25s, 33s, 10, 3, 56s",
  })
  void checksAndProbesFollowFromDetection(
      String detection,
      String interval,
      String timeout,
      String worstCase,
      String stale,
      int period,
      int failures,
      String withProbes) {
    Settings settings = Settings.derive(
        ReliabilityTargets.builder().detection(duration(detection)).build());
    CheckTimings checks = settings.checks();
    assertThat(checks.interval()).isEqualTo(duration(interval));
    assertThat(checks.timeout()).isEqualTo(duration(timeout));
    assertThat(checks.jitter()).isEqualTo(0.1);
    assertThat(checks.failuresToUnhealthy()).isEqualTo(2);
    assertThat(checks.successesToHealthy()).isEqualTo(2);
    assertThat(checks.worstCase()).isEqualTo(duration(worstCase));
    assertThat(checks.staleAfter()).isEqualTo(duration(stale));
    assertThat(settings.probes().periodSeconds()).isEqualTo(period);
    assertThat(settings.probes().failureThreshold()).isEqualTo(failures);
    assertThat(settings.probes().timeoutSeconds()).isEqualTo(1);
    assertThat(settings.probes().worstCase(checks)).isEqualTo(duration(withProbes));
  }

  @ParameterizedTest
  @CsvSource({"5s, 5m", "30s, 5m", "60s, 10m", "3600s, 10m"})
  void theWindowOfFlappingIsSixtyIntervalsAndFiveMinutesAtLeast(String detection, String window) {
    CheckTimings checks = Settings.derive(
            ReliabilityTargets.builder().detection(duration(detection)).build())
        .checks();
    assertThat(checks.flappingWindow()).isEqualTo(duration(window));
  }

  @Test
  void startupAndGraceFollowFromTheLifecycle() {
    ProbeTimings probes = Settings.derive(ReliabilityTargets.threeNines()).probes();
    assertThat(probes.startupFailureThreshold()).isEqualTo(24);
    assertThat(probes.graceSeconds()).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({
    // required, errorRate, slow, deadline, threshold, minimum calls for failures, for slow calls
    "true, 0.001, 300ms, 600ms, 0.5, 9, 11",
    "false, 0.001, 300ms, 300ms, 0.2, 21, 36",
    "false, 0.02, 300ms, 300ms, 0.288, 28, 21",
    "false, 0.1, 300ms, 300ms, 0.5, 33, 11",
  })
  void aGuardFollowsFromTheTargets(
      boolean required,
      BigDecimal errorRate,
      String slow,
      String deadline,
      BigDecimal threshold,
      int failureCalls,
      int slowCalls) {
    DependencyTargets dependency =
        required ? DependencyTargets.required("d") : DependencyTargets.optional("d");
    DependencySettings settings = guard(b -> b.errorRate(errorRate), dependency);
    assertThat(settings.slowCallThreshold()).isEqualTo(duration(slow));
    assertThat(settings.deadline()).isEqualTo(duration(deadline));
    assertThat(settings.failureRateThreshold()).isEqualByComparingTo(threshold);
    assertThat(settings.slowRateThreshold()).isEqualByComparingTo(threshold);
    assertThat(settings.failureEvidence().minimumCalls()).isEqualTo(failureCalls);
    assertThat(settings.slowEvidence().minimumCalls()).isEqualTo(slowCalls);
    assertThat(settings.minimumCalls()).isEqualTo(Math.max(failureCalls, slowCalls));
  }

  @ParameterizedTest
  @CsvSource({
    // detection, window, open wait, half-open
    "5s, 2s, 1666ms, 10s",
    "10s, 3s, 3333ms, 10s",
    "30s, 10s, 10s, 10s",
    "60s, 20s, 20s, 20s",
    "90s, 30s, 30s, 30s",
    "3600s, 1200s, 30s, 30s",
  })
  void windowsAndWaitsFollowFromDetection(
      String detection, String window, String openWait, String halfOpen) {
    DependencySettings settings =
        guard(b -> b.detection(duration(detection)), DependencyTargets.optional("d"));
    assertThat(settings.window()).isEqualTo(duration(window));
    assertThat(settings.evidenceWindow()).isEqualTo(duration(detection));
    assertThat(settings.openWait()).isEqualTo(duration(openWait));
    assertThat(settings.openWaitMost()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.openWaitJitter()).isEqualTo(0.5);
    assertThat(settings.halfOpenCalls()).isEqualTo(10);
    assertThat(settings.halfOpenTime()).isEqualTo(duration(halfOpen));
  }

  @ParameterizedTest
  @CsvSource({
    // required, errorRate, window, bad calls of a trial that are chance
    "true, 0.001, 10s, 1",
    "true, 0.05, 10s, 2",
    "false, 0.001, 10s, 1",
    "false, 0.02, 6s, 2",
    "false, 0.05, 4s, 2",
    "false, 0.2, 4s, 5",
  })
  void theWindowFollowsFromTheThresholdAndTheTrialFromTheErrorRate(
      boolean required, BigDecimal errorRate, String window, int tolerated) {
    DependencyTargets dependency =
        required ? DependencyTargets.required("d") : DependencyTargets.optional("d");
    DependencySettings settings = guard(b -> b.errorRate(errorRate), dependency);
    assertThat(settings.window()).isEqualTo(duration(window));
    assertThat(settings.halfOpenTolerated()).isEqualTo(tolerated);
  }

  @ParameterizedTest
  @CsvSource({
    // peak, calls at a time: twice the average, but at least what chance brings
    "0.1, 3",
    "1, 5",
    "20, 21",
    "150, 90",
    "200, 120",
    "20000, 12000",
  })
  void aBulkheadHasTwiceTheRoomOfLittlesLawAndEnoughForChance(BigDecimal peak, int calls) {
    assertThat(guard(b -> b.peakRequestsPerSecond(peak), DependencyTargets.optional("d"))
            .bulkhead())
        .hasValue(calls);
  }

  @ParameterizedTest
  @CsvSource({
    // required, deadline, attempt, backoff
    "true, , 300ms, 60ms",
    "false, , 300ms, 30ms",
    "true, 100ms, 100ms, 10ms",
    "true, 60s, 300ms, 1s",
  })
  void repetitionFollowsFromTheDeadline(
      boolean required, @Nullable String deadline, String attempt, String backoff) {
    DependencyTargets dependency =
        required ? DependencyTargets.required("d") : DependencyTargets.optional("d");
    RetryRules retry = guard(
            b -> b, deadline == null ? dependency : dependency.withDeadline(duration(deadline)))
        .retry();
    assertThat(retry.attempts()).isEqualTo(3);
    assertThat(retry.attemptTimeout()).isEqualTo(duration(attempt));
    assertThat(retry.backoff()).isEqualTo(duration(backoff));
    assertThat(retry.extraLoad()).isEqualByComparingTo("0.1");
    assertThat(retry.window()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatADependencyDeclaresItselfStands() {
    DependencySettings settings = guard(
        b -> b,
        DependencyTargets.optional("d")
            .withDeadline(Duration.ofMillis(120))
            .withFailureRateThreshold(new BigDecimal("0.35"))
            .withErrorRate(new BigDecimal("0.05")));
    assertThat(settings.deadline()).isEqualTo(Duration.ofMillis(120));
    assertThat(settings.slowCallThreshold()).isEqualTo(Duration.ofMillis(120));
    assertThat(settings.failureRateThreshold()).isEqualByComparingTo("0.35");
  }

  @Test
  void aDeadlineIsAtLeastAHundredMilliseconds() {
    DependencySettings settings =
        guard(b -> b, DependencyTargets.optional("d").withLatencyShare(new BigDecimal("0.1")));
    assertThat(settings.slowCallThreshold()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.deadline()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void withoutAPeakThereIsNoBulkhead() {
    assertThat(guard(b -> b, DependencyTargets.optional("d")).bulkhead()).isEmpty();
  }

  @Test
  void theDefaultBoundsAreThoseOfTheDesign() {
    assertThat(Settings.derive(ReliabilityTargets.threeNines()).latencyBounds())
        .extracting(Duration::toMillis)
        .containsExactly(5L, 10L, 25L, 50L, 100L, 200L, 500L, 1000L, 2000L, 5000L, 10_000L);
  }

  @Test
  void anErrorBudgetOfAThousandthHasEveryTier() {
    List<BurnTier> errors = Settings.derive(ReliabilityTargets.threeNines()).burnTiers().stream()
        .filter(t -> t.objective().equals("errors"))
        .toList();
    assertThat(errors)
        .extracting(t -> t.name() + " " + t.severity() + " " + t.longWindow() + " "
            + t.shortWindow() + " " + t.threshold().toPlainString() + " " + t.canFire())
        .containsExactly(
            "burn_1h page PT1H PT5M 0.01296 true",
            "burn_6h page PT6H PT30M 0.0054 true",
            "burn_1d ticket PT24H PT2H 0.0027 true",
            "burn_3d ticket PT72H PT6H 0.0009 true",
            "collapse page PT2M PT2M 0.5 true",
            "collapse_30m page PT30M PT5M 0.5 false",
            "fast page PT2M PT2M 0.03 true",
            "high high PT5M PT5M 0.01 true");
    assertThat(errors).allSatisfy(t -> assertThat(t.minimumBad()).isEqualTo(5));
    assertThat(errors.get(0).recentlyAbove()).contains(new BigDecimal("0.001"));
    assertThat(errors.get(2).recentlyAbove()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // error rate, tiers that cannot fire
    "0.001, collapse_30m",
    "0.016, collapse_30m",
    "0.017, 'collapse_30m,fast'",
    "0.05, 'burn_1h,fast'",
    "0.08, 'burn_1h,fast'",
    "0.1, 'burn_1h,burn_6h,fast,high'",
    "0.2, 'burn_1h,burn_6h,collapse,collapse_30m,fast,high'",
  })
  void tiersThatCannotFireAreMarkedAndNamed(BigDecimal errorRate, String left) {
    Settings settings =
        Settings.derive(ReliabilityTargets.builder().errorRate(errorRate).build());
    List<String> marked = settings.burnTiers().stream()
        .filter(t -> t.objective().equals("errors") && !t.canFire())
        .map(BurnTier::name)
        .toList();
    assertThat(String.join(",", marked)).isEqualTo(left);
    assertThat(marked).allSatisfy(name -> assertThat(settings
            .explanation()
            .row("alerts.default.errors." + name)
            .orElseThrow()
            .value())
        .startsWith("left out: "));
  }

  @Test
  void aTierLongerThanTheBudgetsWindowIsLeftOut() {
    Settings settings =
        Settings.derive(ReliabilityTargets.builder().window(Duration.ofDays(2)).build());
    assertThat(settings
            .explanation()
            .row("alerts.default.errors.burn_3d")
            .orElseThrow()
            .value())
        .isEqualTo("left out: 3d is longer than the budget's window");
  }

  @Test
  void latenciesFarOverTheirTargetsPageFromP99On() {
    assertThat(Settings.derive(ReliabilityTargets.threeNines()).slownessTiers())
        .extracting(t -> t.objective() + " " + t.severity() + " " + t.limit() + " " + t.window()
            + " " + t.sustained() + " " + t.threshold().toPlainString())
        .containsExactly(
            "latency_p95 high PT0.8S PT5M PT5M30S 0.05", "latency_p99 page PT2S PT2M PT2M30S 0.01");
  }

  @Test
  void availabilityHasTheTiersOfTheWorkbookOverTime() {
    Settings settings = Settings.derive(ReliabilityTargets.threeNines());
    assertThat(settings.availabilityTiers())
        .extracting(t -> t.name() + " " + t.severity() + " " + t.threshold().toPlainString() + " "
            + t.minimumBad())
        .containsExactly(
            "burn_1h page 0.01296 120",
            "burn_6h page 0.0054 120",
            "burn_1d ticket 0.0027 120",
            "burn_3d ticket 0.0009 120");
    assertThat(settings.explanation().row("alerts.default.availability.burn_1h").orElseThrow())
        .satisfies(row -> assertThat(row.formula()).contains("at least 120 s unready"));
  }

  @Test
  void everyRouteClassHasTiersForItsOwnPromises() {
    ReliabilityTargets targets = ReliabilityTargets.builder()
        .route(
            new RouteTargets("POST /orders", Optional.of(new BigDecimal("0.01")), Optional.empty()))
        .build();
    assertThat(Settings.derive(targets).burnTiers())
        .filteredOn(t -> t.routeClass().equals("POST /orders") && t.name().equals("burn_1h"))
        .extracting(t -> t.objective() + " " + t.threshold().toPlainString())
        .containsExactly("errors 0.1296", "latency_p95 0.648", "latency_p99 0.1296");
  }

  @Property(tries = 500)
  @Domain(RandomTargets.class)
  void detectionIsAlwaysWithinThePromise(@ForAll ReliabilityTargets targets) {
    Settings settings = Settings.derive(targets);
    CheckTimings checks = settings.checks();
    Duration latestRun =
        Duration.ofNanos(Math.round(checks.interval().toNanos() * (1 + checks.jitter())));
    Duration found = latestRun.multipliedBy(checks.failuresToUnhealthy()).plus(checks.timeout());
    ProbeTimings probes = settings.probes();
    Duration unrouted = found
        .plusSeconds((long) probes.periodSeconds() * probes.failureThreshold())
        .plusSeconds(probes.timeoutSeconds());
    assertThat(checks.worstCase()).isEqualTo(found);
    assertThat(probes.worstCase(checks)).isEqualTo(unrouted);
    assertThat(unrouted).isLessThanOrEqualTo(targets.recovery().detection());
    assertThat(probes.failureThreshold()).isBetween(1, 3);
    assertThat(probes.periodSeconds()).isBetween(1, 10);
    assertThat(checks.timeout()).isLessThan(checks.interval());
    assertThat((long) probes.startupFailureThreshold() * probes.periodSeconds())
        .isGreaterThanOrEqualTo(targets.lifecycle().start().toSeconds());
  }

  @Property(tries = 100)
  @Domain(RandomTargets.class)
  void minimumCallsKeepFalseTripsUnderTheBound(@ForAll ReliabilityTargets targets) {
    BigDecimal slowRate = targets.latency().governing().slowBudget();
    Settings.derive(targets).dependencies().values().forEach(guard -> {
      BigDecimal errors = guard.targets().errorRate().orElse(targets.errorRate());
      int minimum = guard.minimumCalls();
      for (int calls = minimum; calls < minimum + 12; calls++) {
        assertFalseTrip(guard.failureRateThreshold(), errors, calls);
        assertFalseTrip(guard.slowRateThreshold(), slowRate, calls);
      }
    });
  }

  private static void assertFalseTrip(BigDecimal threshold, BigDecimal chance, int calls) {
    int bad = threshold
        .multiply(new BigDecimal(calls))
        .setScale(0, RoundingMode.CEILING)
        .intValue();
    assertThat(bad).isGreaterThanOrEqualTo(5);
    assertThat(ExactTail.of(calls, bad, chance)).isLessThanOrEqualTo(BOUND);
  }

  @Property(tries = 500)
  @Domain(RandomTargets.class)
  void aBoundLiesOnEachLatencyTargetAndOtherwiseAFactorOfTwoApart(
      @ForAll ReliabilityTargets targets) {
    Settings settings = Settings.derive(targets);
    List<Duration> promises = Stream.concat(
            Stream.of(targets.latency()), targets.routes().keySet().stream().map(targets::latency))
        .flatMap(l -> l.targets().stream())
        .map(LatencyTarget::threshold)
        .toList();
    assertBounds(settings.latencyBounds(), promises);
    settings
        .dependencies()
        .values()
        .forEach(
            d -> assertBounds(d.latencyBounds(), List.of(d.slowCallThreshold(), d.deadline())));
  }

  private static void assertBounds(List<Duration> bounds, List<Duration> promises) {
    assertThat(bounds).containsAll(promises).isSorted().doesNotHaveDuplicates();
    for (int i = 1; i < bounds.size(); i++) {
      Duration lower = bounds.get(i - 1);
      Duration higher = bounds.get(i);
      if (!promises.contains(lower) || !promises.contains(higher)) {
        assertThat(higher).isGreaterThanOrEqualTo(lower.multipliedBy(2));
      }
    }
  }

  @Property(tries = 300)
  @Domain(RandomTargets.class)
  void aTierThatFiresHasAThresholdThatCanBeReachedAndIsNotAllowed(
      @ForAll ReliabilityTargets targets) {
    Settings settings = Settings.derive(targets);
    settings.burnTiers().forEach(t -> {
      String row = "alerts." + t.routeClass() + "." + t.objective() + "." + t.name();
      String value = settings.explanation().row(row).orElseThrow().value();
      assertThat(value.startsWith("left out: ")).isEqualTo(!t.canFire());
      if (t.canFire()) {
        assertThat(t.threshold()).isLessThan(BigDecimal.ONE);
        assertThat(t.longWindow()).isLessThanOrEqualTo(targets.window());
      }
    });
  }

  @Property(tries = 300)
  @Domain(RandomTargets.class)
  void aGuardsNumbersAreUsable(@ForAll ReliabilityTargets targets) {
    Settings.derive(targets).dependencies().values().forEach(guard -> {
      assertThat(guard.slowCallThreshold()).isPositive().isLessThanOrEqualTo(guard.deadline());
      assertThat(guard.deadline()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
      assertThat(guard.window())
          .isBetween(Duration.ofSeconds(2), targets.recovery().detection());
      assertThat(guard.openWait()).isLessThanOrEqualTo(guard.openWaitMost());
      assertThat(guard.bulkhead().isPresent())
          .isEqualTo(targets.peakRequestsPerSecond().isPresent());
      guard.bulkhead().ifPresent(calls -> assertThat(calls).isPositive());
    });
  }

  private static DependencySettings guard(
      UnaryOperator<ReliabilityTargetsBuilder> change, DependencyTargets dependency) {
    ReliabilityTargets targets =
        change.apply(ReliabilityTargets.builder()).dependency(dependency).build();
    return Settings.derive(targets).dependencies().get(dependency.name());
  }

  private static Duration duration(String text) {
    return Durations.parse(text);
  }
}
