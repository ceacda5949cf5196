package dev.nines.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.derive.Settings;
import dev.nines.request.Outcome;
import dev.nines.targets.LatencyTarget;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.RouteTargets;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Instruments;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBudgetTest {

  private static final String ERRORS = "errors";
  private static final String P95 = "latency_p95";
  private static final String P99 = "latency_p99";
  private static final String DEFAULT = "default";
  private static final String PAY = "POST /orders";
  private static final Duration NANO = Duration.ofNanos(1);

  /** p95 200 ms, p99 500 ms; POST /orders p99 1 s and 1 % errors. */
  private final ReliabilityTargets targets = ReliabilityTargets.builder()
      .route(new RouteTargets(
          PAY,
          Optional.of(new BigDecimal("0.01")),
          Optional.of(new LatencyTargets(
              List.of(new LatencyTarget(new BigDecimal("0.99"), Duration.ofSeconds(1)))))))
      .build();

  private final ManualTime time = new ManualTime();
  private final ErrorBudget budget = new ErrorBudget(Settings.derive(targets), time);
  private final TestRequests requests =
      new TestRequests(targets, time, OpenTelemetry.noop(), budget);

  @Test
  void serverErrorsAndRejectionsAreBad() {
    requests.serve("GET /", 500).fail("GET /", new IllegalStateException()).reject("GET /");

    counts(ERRORS, DEFAULT, 0, 3);
  }

  @Test
  void anAnswerOf4xxIsTheCallersMistakeAndGood() {
    requests.serve("GET /", 404).serve("GET /", 400).serve("GET /", 200);

    counts(ERRORS, DEFAULT, 3, 0);
    counts(P95, DEFAULT, 3, 0);
  }

  @Test
  void aClientsAbortCountsForNothingButItself() {
    requests.abort("GET /");

    counts(ERRORS, DEFAULT, 0, 0);
    counts(P95, DEFAULT, 0, 0);
    assertThat(budget.exchanges(Outcome.CLIENT_ABORT)).isEqualTo(1);
  }

  @Test
  void aFastErrorKeepsNoLatencyObjective() {
    requests.serve("GET /", 500).reject("GET /");

    counts(P95, DEFAULT, 0, 0);
    counts(P99, DEFAULT, 0, 0);
  }

  @Test
  void aLatencyTargetIsKeptUpToItselfAndNoFurther() {
    requests.serve("GET /", 200, Duration.ofMillis(200));
    counts(P95, DEFAULT, 1, 0);

    requests.serve("GET /", 200, Duration.ofMillis(200).plus(NANO));
    counts(P95, DEFAULT, 1, 1);
    counts(P99, DEFAULT, 2, 0);
  }

  @Test
  void requestsOverFourTimesTheirTargetAreCountedBesides() {
    requests
        .serve("GET /", 200, Duration.ofSeconds(2))
        .serve("GET /", 500, Duration.ofSeconds(9))
        .serve("GET /", 200, Duration.ofSeconds(2).plus(NANO));

    assertThat(published())
        .containsEntry("nines_requests_slow_total[latency_p95, default]", 2.0)
        .containsEntry("nines_requests_slow_total[latency_p99, default]", 1.0)
        .containsEntry("nines_requests_slow_total[latency_p99, POST /orders]", 0.0)
        .doesNotContainKey("nines_requests_slow_total[errors, default]");
  }

  @Test
  void aRouteWithPromisesOfItsOwnIsJudgedByThem() {
    requests
        .serve(PAY, 200, Duration.ofMillis(900))
        .serve("GET /orders", 200, Duration.ofMillis(900));

    counts(P99, PAY, 1, 0);
    counts(P95, PAY, 0, 1);
    counts(P99, DEFAULT, 0, 1);
  }

  @Test
  void eachOutcomeIsCounted() {
    requests
        .serve("GET /", 200)
        .serve("GET /", 404)
        .serve("GET /", 503)
        .reject("GET /")
        .abort("GET /");

    for (Outcome outcome : Outcome.values()) {
      assertThat(budget.exchanges(outcome)).as(outcome.label()).isEqualTo(1);
    }
  }

  @Test
  void everySeriesIsThereAtZeroBeforeTheFirstRequest() {
    Map<String, Double> series = published();

    for (String objective : List.of(ERRORS, P95, P99)) {
      for (String routeClass : List.of(DEFAULT, PAY)) {
        String labels = "[" + objective + ", " + routeClass;
        assertThat(series)
            .containsEntry("nines_requests_good_total" + labels + "]", 0.0)
            .containsEntry("nines_requests_bad_total" + labels + "]", 0.0)
            .containsEntry("nines_error_budget_remaining_ratio" + labels + "]", 1.0);
        for (String window : List.of("5m", "30m", "1h", "6h", "1d", "3d")) {
          assertThat(series)
              .containsEntry("nines_burn_rate_ratio" + labels + ", " + window + "]", 0.0);
        }
      }
    }
    assertThat(series)
        .containsEntry("nines_budget_coverage_ratio[]", 0.0)
        .containsEntry("nines_exchanges_total[client_abort]", 0.0);
  }

  @Test
  void theTargetsArePublished() {
    assertThat(published())
        .containsEntry("nines_target_ratio[availability, default]", 0.999)
        .containsEntry("nines_target_ratio[errors, default]", 0.999)
        .containsEntry("nines_target_ratio[errors, POST /orders]", 0.99)
        .containsEntry("nines_target_ratio[latency_p95, default]", 0.95);
  }

  @Test
  void whatHappenedLongAgoIsInTheLongWindowsOnly() {
    requests.serve("GET /", 500, 10);
    time.advance(Duration.ofHours(4));
    requests.serve("GET /", 200, 10);

    assertThat(burn(Duration.ofMinutes(5))).isZero();
    assertThat(burn(Duration.ofHours(1))).isZero();
    assertThat(burn(Duration.ofHours(6))).isEqualTo(0.5 / 0.001);
    assertThat(burn(Duration.ofDays(3))).isEqualTo(0.5 / 0.001);
  }

  @Test
  void hoursWithoutRequestsAndWithoutReadersAreNoGapInWhatIsKnown() {
    requests.serve("GET /", 500, 10);
    time.advance(Duration.ofMinutes(4).plusSeconds(30));
    assertThat(burn(Duration.ofMinutes(5))).isEqualTo(1000);

    time.advance(Duration.ofMinutes(2));
    assertThat(burn(Duration.ofMinutes(5))).isZero();
    assertThat(burn(Duration.ofMinutes(30))).isEqualTo(1000);

    time.advance(Duration.ofDays(2));
    assertThat(burn(Duration.ofHours(6))).isZero();
    assertThat(burn(Duration.ofDays(3))).isEqualTo(1000);

    time.advance(Duration.ofDays(40));
    assertThat(burn(Duration.ofDays(30))).isZero();
    assertThat(budget.remaining(ERRORS, DEFAULT)).isEqualTo(1);
  }

  @Test
  void aWindowMissesNothingThatItPromisesToHold() {
    time.advance(Duration.ofSeconds(59));
    requests.serve("GET /", 500);
    time.advance(Duration.ofMinutes(5));

    assertThat(burn(Duration.ofMinutes(5))).isEqualTo(1000);
  }

  @Test
  void theBudgetIsWholeWithoutRequestsAndOverspentBelowZero() {
    assertThat(budget.remaining(ERRORS, DEFAULT)).isEqualTo(1);

    requests.serve("GET /", 200, 9_999).serve("GET /", 500);
    assertThat(budget.remaining(ERRORS, DEFAULT)).isEqualTo(0.9);

    requests.serve("GET /", 500, 29);
    assertThat(budget.remaining(ERRORS, DEFAULT)).isLessThan(-1.9);
  }

  @Test
  void coverageRisesFromNothingToTheWholeWindow() {
    assertThat(budget.coverage()).isZero();

    time.advance(Duration.ofDays(3));
    assertThat(budget.coverage()).isEqualTo(0.1);

    time.advance(Duration.ofDays(100));
    assertThat(budget.coverage()).isEqualTo(1);
  }

  @Test
  void aCollapseBurnsAtOnceAndClearsSoonAfterItsEnd() {
    requests.serve("GET /", 500, 5);
    assertThat(budget.burning()).isTrue();

    time.advance(Duration.ofMinutes(1));
    requests.serve("GET /", 200, 100);
    assertThat(budget.burning()).isTrue(); // the hour's and the five minutes' share is still 5 %

    time.advance(Duration.ofMinutes(6));
    requests.serve("GET /", 200);
    assertThat(budget.burning()).isFalse();
  }

  @Test
  void fourFailuresProveNothing() {
    requests.serve("GET /", 500, 4);

    assertThat(budget.burning()).isFalse();
  }

  @Test
  void failuresWithinTheBudgetDoNotBurn() {
    requests.serve("GET /", 200, 9_000).serve("GET /", 500, 6);

    assertThat(budget.burning()).isFalse();
  }

  @Test
  void aRouteWithPromisesOfItsOwnBurnsByThem() {
    requests
        .serve(PAY, 200, 95)
        .serve(PAY, 500, 5); // 5 times its 1 %, 50 times the service's 0.1 %

    assertThat(budget.burning()).isFalse();
    requests.serve(PAY, 500, 10);
    assertThat(budget.burning()).isTrue();
  }

  @Test
  void anUnknownObjectiveIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> budget.remaining("latency_p50", DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "objective: latency_p50 of default (expected: one of [errors of default,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P31D", "PT0S", "PT-5M"})
  void aWindowThatIsNoneOrLongerThanWhatIsKeptIsRefused(String window) {
    assertThatThrownBy(() -> burn(Duration.parse(window)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("window: " + Duration.parse(window) + " (expected: above 0 s, at most PT720H)");
  }

  private void counts(String objective, String routeClass, long good, long bad) {
    assertThat(List.of(budget.good(objective, routeClass), budget.bad(objective, routeClass)))
        .as("good and bad of %s, %s", objective, routeClass)
        .containsExactly(good, bad);
  }

  private double burn(Duration window) {
    return budget.burnRate(ERRORS, DEFAULT, window);
  }

  private Map<String, Double> published() {
    Instruments instruments = new Instruments();
    budget.publish(instruments);
    Map<String, Double> series = new LinkedHashMap<>();
    instruments.renderTo(
        instrument -> series.put(key(instrument), instrument.value().getAsDouble()));
    return series;
  }

  private static String key(Instrument instrument) {
    return instrument.metric().name() + instrument.labelValues();
  }
}
