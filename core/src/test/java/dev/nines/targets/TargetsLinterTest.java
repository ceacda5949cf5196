package dev.nines.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TargetsLinterTest {

  static Arguments[] contradictions() {
    return new Arguments[] {
      refused(
          "100 % available",
          b -> b.availability(BigDecimal.ONE),
          "availability: 100% (expected: less than 100%, which leaves no budget for any change)"),
      refused(
          "0 % available",
          b -> b.availability(BigDecimal.ZERO),
          "availability: 0% (expected: more than 0% and less than 100%)"),
      refused(
          "too many errors",
          b -> b.errorRate(new BigDecimal("0.21")),
          "errorRate: 21% (expected: more than 0% and at most 20%)"),
      refused(
          "no errors",
          b -> b.errorRate(BigDecimal.ZERO),
          "errorRate: 0% (expected: more than 0% and at most 20%)"),
      refused(
          "p99 faster than p95",
          b -> b.latency(LatencyTargets.of(ms(300), ms(200))),
          "latency.p99: 200ms (expected: at least latency.p95, 300ms: a higher quantile cannot be"
              + " faster than a lower one)"),
      refused(
          "only a low quantile",
          b -> b.latency(
              new LatencyTargets(List.of(new LatencyTarget(new BigDecimal("0.5"), ms(9))))),
          "latency: p50 (expected: a quantile of p90 or more, from which deadlines and slow-call"
              + " thresholds follow)"),
      refused(
          "latency under a millisecond",
          b -> b.latency(LatencyTargets.of(Duration.ofNanos(9), ms(1))),
          "latency.p95: 9ns (expected: 1ms to 1h)"),
      refused(
          "a route against the service",
          b -> b.route(route("GET /a", LatencyTargets.of(ms(900), ms(950))))
              .route(new RouteTargets(
                  "GET /b",
                  Optional.empty(),
                  Optional.of(new LatencyTargets(
                      List.of(new LatencyTarget(new BigDecimal("0.99"), ms(100))))))),
          "routes.GET /b.latency.p99: 100ms (expected: at least latency.p95, 200ms: a higher quantile"
              + " cannot be faster than a lower one); what the route does not promise itself, the"
              + " service promises"),
      refused(
          "detection too fast",
          b -> b.detection(ms(4999)),
          "recovery.detection: 4s999ms (expected: at least 5s: checks that run more often than once a"
              + " second load what they check)"),
      refused(
          "detection too slow",
          b -> b.detection(Duration.ofHours(2)),
          "recovery.detection: 2h (expected: 5s to 1h)"),
      refused(
          "recovery before restore",
          b -> b.recovery(recovery(300, 60, 329)),
          "recovery.rto: 5m29s (expected: at least detection + restore, 5m30s: nothing is recovered"
              + " before one instance is)"),
      refused(
          "rollback after recovery",
          b -> b.recovery(recovery(60, 600, 300)),
          "recovery.rollback: 10m (expected: at most recovery.rto, 5m: a rollback is one of the ways to"
              + " recover)"),
      refused(
          "killed while draining",
          b -> b.lifecycle(lifecycle(120, 5, 20, 29)),
          "lifecycle.grace: 29s (expected: at least preStop + drain + 5s, 30s, or the platform kills"
              + " requests in flight)"),
      refused(
          "start longer than restore",
          b -> b.lifecycle(lifecycle(301, 5, 20, 30)),
          "lifecycle.start: 5m1s (expected: at most recovery.restore, 5m: an instance that starts anew"
              + " must be ready within it)"),
      refused(
          "a short window",
          b -> b.window(Duration.ofHours(23)),
          "window: 23h (expected: 1d to 366d)"),
      refused(
          "a chain weaker than the promise",
          b -> b.dependency(
                  DependencyTargets.required("db").withAvailability(new BigDecimal("0.9995")))
              .dependency(
                  DependencyTargets.required("mq").withAvailability(new BigDecimal("0.9994"))),
          "availability: 99.9% (expected: at most 99.89003%, for the service cannot be up more often"
              + " than all it requires: db 99.95% × mq 99.94%)"),
      refused(
          "optional, yet not ready without it",
          b -> b.dependency(
              DependencyTargets.optional("a").withOnFailure(DependencyTargets.OnFailure.UNREADY)),
          "dependencies.a.onFailure: unready (expected: degrade, or required: true: the service can live"
              + " without an optional dependency)"),
      refused(
          "a threshold within chance",
          b -> b.dependency(
              DependencyTargets.optional("a").withFailureRateThreshold(new BigDecimal("0.019"))),
          "dependencies.a.failureRateThreshold: 1.9% (expected: at least 2%, twice what may fail (0.1%)"
              + " or be slow (1%) while all is well: less would open by chance)"),
      refused(
          "a share of nothing",
          b -> b.dependency(
              DependencyTargets.optional("a").withLatencyShare(new BigDecimal("0.001"))),
          "dependencies.a.latencyShare: 0.1% (expected: a share that leaves at least 1ms of latency.p99,"
              + " 500ms)"),
    };
  }

  private static Arguments refused(
      String name, UnaryOperator<ReliabilityTargetsBuilder> change, String message) {
    return Arguments.of(name, change, message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contradictions")
  void aContradictionIsRefusedWithTheReason(
      String name, UnaryOperator<ReliabilityTargetsBuilder> change, String message) {
    assertThatThrownBy(() -> change.apply(ReliabilityTargets.builder()).build())
        .isInstanceOf(InvalidTargetsException.class)
        .hasMessage(message);
  }

  @Test
  void boundariesAreAllowed() {
    ReliabilityTargets targets = ReliabilityTargets.builder()
        .errorRate(new BigDecimal("0.2"))
        .latency(LatencyTargets.of(ms(200), ms(200)))
        .recovery(new RecoveryTargets(
            Duration.ofSeconds(5),
            Duration.ofSeconds(120),
            Duration.ofSeconds(125),
            Duration.ofSeconds(125),
            Duration.ofSeconds(1)))
        .lifecycle(lifecycle(120, 0, 0, 5))
        .window(Duration.ofDays(1))
        .dependency(DependencyTargets.required("db").withAvailability(new BigDecimal("0.999")))
        .build();
    assertThat(targets.errorBudget()).isEqualByComparingTo("0.2");
  }

  @Test
  void allProblemsAreToldTogether() {
    assertThatThrownBy(() -> ReliabilityTargets.builder()
            .availability(BigDecimal.ONE)
            .errorRate(BigDecimal.ONE)
            .window(Duration.ZERO)
            .build())
        .hasMessageMatching("(?s)availability: 100%.*\nerrorRate: 100%.*\nwindow: 0s.*");
  }

  @Test
  void downtimeIsExact() {
    ReliabilityTargets targets = ReliabilityTargets.threeNines();
    assertThat(targets.allowedDowntime(Duration.ofDays(30))).isEqualTo(Duration.parse("PT43M12S"));
    assertThat(targets.allowedDowntime(Duration.ofDays(365)))
        .isEqualTo(Duration.parse("PT8H45M36S"));
    assertThat(targets.allowedDowntime(Duration.ofNanos(1999))).isEqualTo(Duration.ofNanos(1));
    assertThat(ReliabilityTargets.standard().allowedDowntime(Duration.ofDays(30)))
        .isEqualTo(Duration.parse("PT3H36M"));
  }

  @Test
  void thePresetsAreAsDocumented() {
    ReliabilityTargets standard = ReliabilityTargets.standard();
    assertThat(standard.availability()).isEqualByComparingTo("0.995");
    assertThat(standard.errorRate()).isEqualByComparingTo("0.001");
    assertThat(standard.latency()).isEqualTo(LatencyTargets.of(ms(500), ms(500)));
    assertThat(standard.recovery()).isEqualTo(ReliabilityTargets.threeNines().recovery());
  }

  private static RouteTargets route(String name, LatencyTargets latency) {
    return new RouteTargets(name, Optional.empty(), Optional.of(latency));
  }

  private static RecoveryTargets recovery(int restore, int rollback, int rto) {
    return new RecoveryTargets(
        Duration.ofSeconds(30),
        Duration.ofSeconds(restore),
        Duration.ofSeconds(rollback),
        Duration.ofSeconds(rto),
        Duration.ofHours(1));
  }

  private static LifecycleTimings lifecycle(int start, int preStop, int drain, int grace) {
    return new LifecycleTimings(
        Duration.ofSeconds(start),
        Duration.ofSeconds(preStop),
        Duration.ofSeconds(drain),
        Duration.ofSeconds(grace));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
