package dev.nines.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.targets.DependencyTargets;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.RecoveryTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.ReliabilityTargetsBuilder;
import dev.nines.targets.RouteTargets;
import dev.nines.targets.SaturationTargets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplanationTest {

  private static final List<String> BREAKERS = List.of("breaker.db.", "breaker.mail.");

  static Arguments[] changes() {
    return new Arguments[] {
      moved(
          "availability",
          b -> b.availability(new BigDecimal("0.99")),
          "budget.availability.downtime",
          "alerts.default.availability.burn_1h",
          "alerts.default.availability.burn_6h",
          "alerts.default.availability.burn_1d",
          "alerts.default.availability.burn_3d"),
      moved(
          "error rate",
          b -> b.errorRate(new BigDecimal("0.02")),
          "budget.default.errors",
          "alerts.default.errors.burn_1h",
          "alerts.default.errors.burn_6h",
          "alerts.default.errors.burn_1d",
          "alerts.default.errors.burn_3d",
          "alerts.default.errors.fast",
          "alerts.default.errors.high",
          "alerts.default.errors.collapse_30m",
          "breaker.db.failureEvidence",
          "breaker.db.minimumCalls",
          "breaker.db.halfOpenTolerated",
          "breaker.mail.halfOpenTolerated",
          "breaker.mail.window",
          "breaker.mail.failureRateThreshold",
          "breaker.mail.slowRateThreshold",
          "breaker.mail.failureEvidence",
          "breaker.mail.slowEvidence",
          "breaker.mail.minimumCalls"),
      moved(
          "p95",
          b -> b.latency(LatencyTargets.of(ms(150), ms(500))),
          "latency.bounds",
          "alerts.default.latency_p95.slow",
          "alerts.GET /a.latency_p95.slow"),
      moved(
          "p99",
          b -> b.latency(LatencyTargets.of(ms(200), ms(800))),
          "latency.bounds",
          "alerts.default.latency_p99.slow",
          "alerts.GET /a.latency_p99.slow",
          "breaker.db.slowCallThreshold",
          "breaker.db.deadline",
          "breaker.db.latencyBounds",
          "breaker.db.attemptTimeout",
          "breaker.db.retryBackoff",
          "breaker.mail.attemptTimeout",
          "breaker.mail.retryBackoff",
          "breaker.db.bulkhead",
          "breaker.mail.slowCallThreshold",
          "breaker.mail.deadline",
          "breaker.mail.latencyBounds",
          "breaker.mail.bulkhead",
          "saturation.requests"),
      moved(
          "detection",
          b -> b.detection(Duration.ofSeconds(45)),
          "checks.interval",
          "checks.timeout",
          "checks.worstCase",
          "checks.staleAfter",
          "checks.flapping",
          "probes.period",
          "probes.worstCase",
          "probes.startupFailureThreshold",
          "recovery.detection",
          "breaker.db.window",
          "breaker.db.evidenceWindow",
          "breaker.db.thinTraffic",
          "breaker.db.openWait",
          "breaker.db.retryBudget",
          "breaker.mail.retryBudget",
          "breaker.db.halfOpen",
          "breaker.mail.window",
          "breaker.mail.evidenceWindow",
          "breaker.mail.thinTraffic",
          "breaker.mail.openWait",
          "breaker.mail.halfOpen"),
      moved(
          "the rest of recovery",
          b -> b.recovery(new RecoveryTargets(
              Duration.ofSeconds(30),
              Duration.ofMinutes(4),
              Duration.ofMinutes(3),
              Duration.ofHours(1),
              Duration.ofHours(3))),
          "recovery.restore",
          "recovery.rollback",
          "recovery.rto",
          "recovery.rpo"),
      moved(
          "saturation",
          b -> b.saturation(new SaturationTargets(
              new BigDecimal("0.5"), new BigDecimal("0.6"), new BigDecimal("0.7"))),
          "saturation.cpu",
          "saturation.memory",
          "saturation.disk"),
      moved("durability", b -> b.durability(new BigDecimal("0.99")), "recovery.durability"),
      moved(
          "window",
          b -> b.window(Duration.ofDays(2)),
          "budget.availability.downtime",
          "alerts.default.errors.burn_3d",
          "alerts.default.latency_p95.burn_3d",
          "alerts.GET /a.errors.burn_3d",
          "alerts.GET /a.latency_p95.burn_3d",
          "alerts.GET /a.latency_p99.burn_3d",
          "alerts.default.latency_p99.burn_3d",
          "alerts.default.availability.burn_3d"),
      moved(
          "lifecycle",
          b -> b.lifecycle(new LifecycleTimings(
              Duration.ofMinutes(1),
              Duration.ofSeconds(1),
              Duration.ofSeconds(10),
              Duration.ofSeconds(20))),
          "probes.startupFailureThreshold",
          "lifecycle.start",
          "lifecycle.grace"),
      moved(
          "peak",
          b -> b.peakRequestsPerSecond(new BigDecimal("300")),
          "breaker.db.bulkhead",
          "breaker.mail.bulkhead",
          "saturation.requests"),
      moved(
          "latency share",
          b -> b.dependency(
              DependencyTargets.optional("mail").withLatencyShare(new BigDecimal("0.3"))),
          "breaker.mail.attemptTimeout",
          "breaker.mail.retryBackoff",
          "breaker.mail.slowCallThreshold",
          "breaker.mail.deadline",
          "breaker.mail.latencyBounds",
          "breaker.mail.bulkhead"),
      moved(
          "a dependency's error rate",
          b -> b.dependency(
              DependencyTargets.optional("mail").withErrorRate(new BigDecimal("0.03"))),
          "breaker.mail.halfOpenTolerated",
          "breaker.mail.window",
          "breaker.mail.failureRateThreshold",
          "breaker.mail.slowRateThreshold",
          "breaker.mail.failureEvidence",
          "breaker.mail.slowEvidence",
          "breaker.mail.minimumCalls"),
      moved(
          "idempotence",
          b -> b.dependency(DependencyTargets.optional("mail").withIdempotent(true)),
          "breaker.mail.retries"),
      moved(
          "optional instead of required",
          b -> b.dependency(DependencyTargets.optional("db")),
          "breaker.db.retryBackoff",
          "breaker.db.deadline",
          "breaker.db.latencyBounds",
          "breaker.db.failureRateThreshold",
          "breaker.db.slowRateThreshold",
          "breaker.db.failureEvidence",
          "breaker.db.slowEvidence",
          "breaker.db.minimumCalls"),
      moved(
          "a route's error rate",
          b -> b.route(
              new RouteTargets("GET /a", Optional.of(new BigDecimal("0.004")), Optional.empty())),
          "budget.GET /a.errors",
          "alerts.GET /a.errors.burn_1h",
          "alerts.GET /a.errors.burn_6h",
          "alerts.GET /a.errors.burn_1d",
          "alerts.GET /a.errors.burn_3d",
          "alerts.GET /a.errors.fast",
          "alerts.GET /a.errors.high"),
    };
  }

  private static Arguments moved(
      String name, UnaryOperator<ReliabilityTargetsBuilder> change, String... rows) {
    return Arguments.of(name, change, Set.of(rows));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void changingATargetMovesWhatFollowsFromIt(
      String name, UnaryOperator<ReliabilityTargetsBuilder> change, Set<String> expected) {
    Explanation before = Settings.derive(base()).explanation();
    Explanation after =
        Settings.derive(change.apply(base().toBuilder()).build()).explanation();
    Set<String> moved = new TreeSet<>();
    for (Derived row : after.rows()) {
      if (!row.value().equals(before.row(row.name()).orElseThrow().value())) {
        moved.add(row.name());
      }
    }
    assertThat(moved).isEqualTo(new TreeSet<>(expected));
  }

  @Test
  void everyRowNamesItsFormulaAndComesOnce() {
    List<Derived> rows = Settings.derive(base()).explanation().rows();
    assertThat(rows).allSatisfy(row -> {
      assertThat(row.name()).isNotBlank();
      assertThat(row.value()).isNotBlank();
      assertThat(row.formula()).isNotBlank();
    });
    assertThat(rows).extracting(Derived::name).doesNotHaveDuplicates();
    assertThat(rows)
        .extracting(Derived::name)
        .anySatisfy(n -> assertThat(n).startsWith(BREAKERS.get(0)))
        .anySatisfy(n -> assertThat(n).startsWith(BREAKERS.get(1)));
  }

  @Test
  void theOrderIsAlwaysTheSame() {
    assertThat(Settings.derive(base()).explanation())
        .isEqualTo(Settings.derive(base()).explanation());
    assertThat(Settings.derive(base()).explanation().rows())
        .extracting(row -> row.name().split("\\.")[0])
        .isSubsetOf(
            "budget",
            "latency",
            "breaker",
            "checks",
            "probes",
            "lifecycle",
            "alerts",
            "saturation",
            "recovery",
            "traces");
  }

  @Test
  void withoutAPeakNoBulkheadIsDerivedAndTheReasonIsGiven() {
    ReliabilityTargets targets = ReliabilityTargets.builder()
        .dependency(DependencyTargets.optional("mail"))
        .build();
    assertThat(Settings.derive(targets)
            .explanation()
            .row("breaker.mail.bulkhead")
            .orElseThrow()
            .value())
        .isEqualTo("none, since no traffic.peak is declared");
  }

  @Test
  void thinTrafficIsSaidToHaveNoBreakerDecision() {
    Derived row =
        Settings.derive(base()).explanation().row("breaker.mail.thinTraffic").orElseThrow();
    assertThat(row.value()).isEqualTo("under 5 calls per 30s no breaker decision");
    assertThat(row.formula()).contains("deadline of 300ms").contains("health check");
  }

  @Test
  void theTextIsATableNoWiderThanATerminal() {
    String text = Settings.derive(base()).explanation().toText();
    assertThat(text.lines().filter(l -> !l.contains("https://")))
        .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(120));
    assertThat(text).contains("\nbreaker.mail\n").contains("\nsources\n");
    assertThat(text.lines().filter(l -> l.startsWith("  deadline ")))
        .containsExactly(
            "  deadline                 600ms                               2 × p99 × latencyShare, at least"
                + " 100ms; capped by what",
            "  deadline                 300ms                               p99 × latencyShare, at least"
                + " 100ms; capped by what");
  }

  @Test
  void theJsonHoldsEveryRowInOrder() {
    Explanation explanation = Settings.derive(base()).explanation();
    JsonNode json = JsonMapper.shared().readTree(explanation.toJson());
    assertThat(json.size()).isEqualTo(explanation.rows().size());
    for (int i = 0; i < json.size(); i++) {
      Derived row = explanation.rows().get(i);
      assertThat(json.get(i).propertyNames())
          .containsExactly("name", "value", "formula", "inputs", "source");
      assertThat(json.get(i).get("name").asString()).isEqualTo(row.name());
      assertThat(json.get(i).get("value").asString()).isEqualTo(row.value());
      assertThat(json.get(i).get("inputs").propertyNames())
          .containsExactlyElementsOf(row.inputs().keySet());
    }
  }

  private static ReliabilityTargets base() {
    return ReliabilityTargets.builder()
        .peakRequestsPerSecond(new BigDecimal("200"))
        .dependency(DependencyTargets.required("db"))
        .dependency(DependencyTargets.optional("mail"))
        .route(new RouteTargets("GET /a", Optional.of(new BigDecimal("0.001")), Optional.empty()))
        .build();
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
