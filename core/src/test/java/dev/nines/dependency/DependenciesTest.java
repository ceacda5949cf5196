package dev.nines.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.budget.BudgetState;
import dev.nines.derive.Settings;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Instruments;
import dev.nines.testing.ManualTime;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DependenciesTest {

  private static final Dependency DB = Dependency.required("orders-db");
  private static final Dependency PAYMENTS = Dependency.optional("payments");

  private final ManualTime time = new ManualTime();
  private final Map<String, Instrument> series = new TreeMap<>();

  private Dependencies started(List<Dependency> declared, Settings settings) {
    Instruments instruments = new Instruments();
    instruments.renderTo(instrument ->
        series.put(instrument.metric().name() + instrument.labelValues(), instrument));
    return Dependencies.of(
        declared,
        settings,
        () -> BudgetState.NORMAL,
        time,
        Tracing.using(OpenTelemetry.noop()),
        new EventBus(),
        instruments);
  }

  private double value(String name) {
    return series.get(name).value().getAsDouble();
  }

  @Test
  void eachDependencyHasItsGuardInTheOrderOfDeclaration() {
    Settings settings = TestGuard.derive(TestGuard.targets(), PAYMENTS, DB);
    try (Dependencies it = started(List.of(DB, PAYMENTS), settings)) {
      assertThat(it.all()).containsExactly(DB, PAYMENTS);
      assertThat(it.guards()).extracting(Guard::name).containsExactly("orders-db", "payments");
      assertThat(it.guards()).extracting(Guard::index).containsExactly(0, 1);
      assertThat(it.guard("payments")).isSameAs(it.guards().get(1));
      assertThat(it.guard("payments").settings())
          .isSameAs(settings.dependencies().get("payments"));
    }
  }

  @Test
  void anUnknownNameIsRefusedNamingTheDeclaredOnes() {
    try (Dependencies it =
        started(List.of(DB, PAYMENTS), TestGuard.derive(TestGuard.targets(), DB, PAYMENTS))) {
      assertThatThrownBy(() -> it.guard("payment"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("guard: payment (expected: one of orders-db, payments)");
    }
  }

  @Test
  void aDependencyOfTheFileThatCodeDoesNotDeclareIsRefused() {
    Settings settings = TestGuard.derive(TestGuard.targets(), DB, PAYMENTS);
    assertThatThrownBy(() -> started(List.of(DB), settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dependencies.payments: not declared in code (expected: one of orders-db; or"
            + " add it to the builder with .dependency(...))");
  }

  @Test
  void aDependencyWithoutSettingsIsRefused() {
    Settings settings = TestGuard.derive(TestGuard.targets(), DB);
    assertThatThrownBy(() -> started(List.of(DB, PAYMENTS), settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("dependencies.payments: no settings");
  }

  @Test
  void everySeriesExistsAtZeroBeforeTheFirstCall() {
    try (Dependencies it =
        started(List.of(PAYMENTS), TestGuard.derive(TestGuard.targets(), PAYMENTS))) {
      for (CallOutcome outcome : CallOutcome.values()) {
        assertThat(value("nines_calls_total[payments, " + outcome.label() + "]"))
            .isZero();
      }
      for (RetryDecision decision : RetryDecision.values()) {
        assertThat(value("nines_retries_total[payments, " + decision.label() + "]"))
            .isZero();
      }
      assertThat(series).doesNotContainKey("nines_bulkhead_used_ratio[payments]");
      assertThat(value("nines_deadline_overruns_total[payments]")).isZero();
      assertThat(value("nines_telemetry_dropped_total[call_listener]")).isZero();
      assertThat(value("nines_breaker_state[payments, closed]")).isEqualTo(1);
      assertThat(value("nines_breaker_state[payments, open]")).isZero();
      assertThat(value("nines_breaker_state[payments, half_open]")).isZero();
    }
  }

  @Test
  void theInstrumentsFollowCallsAndBreaker() {
    try (Dependencies it =
        started(List.of(PAYMENTS), TestGuard.derive(TestGuard.targets(), PAYMENTS))) {
      Guard guard = it.guard("payments");
      guard.call(() -> "ok");
      for (int i = 0; i < 6; i++) {
        guard.callOr(
            () -> {
              throw new IllegalStateException("down");
            },
            CallFailure::outcome);
        time.advance(Duration.ofMillis(300));
      }
      assertThat(value("nines_calls_total[payments, success]")).isEqualTo(1);
      assertThat(value("nines_calls_total[payments, failure]")).isEqualTo(5);
      assertThat(value("nines_calls_total[payments, breaker_open]")).isEqualTo(1);
      assertThat(value("nines_breaker_state[payments, closed]")).isZero();
      assertThat(value("nines_breaker_state[payments, open]")).isEqualTo(1);
    }
  }

  @Test
  void whatCodeDeclaresReachesTheTargets() {
    Dependency declared = PAYMENTS
        .latencyShare(new BigDecimal("0.5"))
        .availability(new BigDecimal("0.995"))
        .errorRate(new BigDecimal("0.02"))
        .failureRateThreshold(new BigDecimal("0.4"))
        .deadline(Duration.ofMillis(210))
        .idempotent()
        .onFailure(dev.nines.targets.DependencyTargets.OnFailure.UNREADY);
    var targets = declared.targets();
    assertThat(targets.latencyShare()).isEqualByComparingTo("0.5");
    assertThat(targets.availability()).hasValue(new BigDecimal("0.995"));
    assertThat(targets.errorRate()).hasValue(new BigDecimal("0.02"));
    assertThat(targets.failureRateThreshold()).hasValue(new BigDecimal("0.4"));
    assertThat(targets.deadline()).hasValue(Duration.ofMillis(210));
    assertThat(targets.idempotent()).isTrue();
    assertThat(targets.onFailure().name()).isEqualTo("UNREADY");
  }
}
