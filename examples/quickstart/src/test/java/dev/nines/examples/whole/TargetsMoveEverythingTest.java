package dev.nines.examples.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.dependency.CheckResult;
import dev.nines.dependency.DeadlineExceededException;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.Guard;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.SaturationTargets;
import dev.nines.time.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each target changed in turn: what {@code explain} says of it, and the living thing, move together. */
class TargetsMoveEverythingTest {

  private static Service start(ReliabilityTargets targets) throws IOException {
    return Service.start(
        targets,
        builder ->
            builder.dependency(Dependency.optional("payments", run -> CheckResult.healthy())));
  }

  private static String explained(Service service, String row) {
    return service.nines.explain().row(row).orElseThrow().value();
  }

  private static ReliabilityTargets latency(long p95, long p99) {
    return Service.targets()
        .latency(LatencyTargets.of(Duration.ofMillis(p95), Duration.ofMillis(p99)))
        .build();
  }

  private static List<String> bounds(String metrics) {
    return Pattern.compile(
            "http_server_request_duration_seconds_bucket\\{[^}]*http_route=\"/hello\"[^}]*le=\"([^\"]+)\"")
        .matcher(metrics)
        .results()
        .map(result -> result.group(1))
        .distinct()
        .toList();
  }

  private static double value(String metrics, String series) {
    MatchResult found = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
        .matcher(metrics)
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series + " in\n" + metrics));
    return Double.parseDouble(found.group(1));
  }

  /** A clock that a test turns; core's own stands in a test-jar, which does not exist yet when the quickstart is run. */
  private record HandTurned(AtomicLong turned) implements TimeSource {

    @Override
    public long nanos() {
      return turned.get();
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(turned.get());
    }
  }

  @Test
  void theLatencyTargetsMoveTheBoundsOfTheHistograms() throws IOException {
    try (Service service = start(latency(130, 700))) {
      service.get(service.app("/hello"));
      assertThat(explained(service, "latency.bounds")).contains("130ms").contains("700ms");
      await().untilAsserted(() -> assertThat(bounds(service.metrics()))
          .contains("0.13", "0.7", "+Inf")
          .doesNotContain("0.2", "0.5"));
    }
  }

  @Test
  void theP99MovesTheDeadlineThatInterrupts() throws IOException {
    for (long p99 : new long[] {300, 600}) {
      try (Service service = start(latency(200, p99))) {
        Guard payments = service.nines.guard("payments");
        Duration expected = Duration.ofMillis(p99 * 6 / 10);
        assertThat(explained(service, "breaker.payments.deadline"))
            .isEqualTo(expected.toMillis() + "ms");
        long before = System.nanoTime();
        assertThatThrownBy(() -> payments.call(() -> {
              new CountDownLatch(1).await();
              return "never";
            }))
            .isInstanceOf(DeadlineExceededException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(expected);
      }
    }
  }

  @Test
  void theErrorRateMovesWhatOpensTheBreaker() throws IOException {
    assertThat(callsUntilOpen(new BigDecimal("0.001"))).isEqualTo(5);
    assertThat(callsUntilOpen(new BigDecimal("0.05"))).isGreaterThan(5);
  }

  /** Fails one call a second until the breaker opens, and returns how many it took. */
  private int callsUntilOpen(BigDecimal errorRate) throws IOException {
    HandTurned time = new HandTurned(new AtomicLong());
    ReliabilityTargets targets = Service.targets().errorRate(errorRate).build();
    try (Service service = Service.start(targets, builder -> builder
        .time(time)
        .dependency(Dependency.optional("payments", run -> CheckResult.healthy())))) {
      Guard payments = service.nines.guard("payments");
      for (int calls = 1; calls < 100; calls++) {
        assertThatThrownBy(() -> payments.call(() -> {
              throw new IOException("refused");
            }))
            .isInstanceOf(IOException.class);
        if (payments.state() == Guard.BreakerState.OPEN) {
          assertThat(value(
                  service.metrics(), "nines_breaker_state{dependency=\"payments\",state=\"open\"}"))
              .isEqualTo(1);
          return calls;
        }
        time.turned.addAndGet(Duration.ofSeconds(1).toNanos());
      }
      throw new AssertionError("never opened at " + errorRate);
    }
  }

  @Test
  void theDetectionTargetMovesTheChecks() throws IOException {
    try (Service fast = start(Service.targets().detection(Duration.ofSeconds(5)).build());
        Service slow = start(Service.targets().detection(Duration.ofSeconds(60)).build())) {
      assertThat(explained(fast, "checks.interval")).isEqualTo("1s");
      assertThat(explained(slow, "checks.interval")).isEqualTo("10s");
      String target = "nines_recovery_target_seconds{target=\"detection\"}";
      assertThat(value(fast.metrics(), target)).isEqualTo(5);
      assertThat(value(slow.metrics(), target)).isEqualTo(60);
    }
  }

  @Test
  void theSaturationTargetsMoveTheChecksOfTheMachine() throws IOException {
    BigDecimal nearlyAll = new BigDecimal("0.9999");
    SaturationTargets fullDisk =
        new SaturationTargets(nearlyAll, nearlyAll, new BigDecimal("0.000001"));
    try (Service full = start(Service.targets().saturation(fullDisk).build());
        Service empty = start(Service.targets()
            .saturation(new SaturationTargets(nearlyAll, nearlyAll, nearlyAll))
            .build())) {
      assertThat(explained(full, "saturation.disk")).contains("0.0001%");
      await().untilAsserted(() -> {
        assertThat(full.get(full.admin("/health")).body())
            .contains("\"disk\":{\"status\":\"degraded\"}");
        assertThat(empty.get(empty.admin("/health")).body())
            .contains("\"disk\":{\"status\":\"healthy\"}");
      });
    }
  }

  @Test
  void theTargetsThemselvesAreExported() throws IOException {
    ReliabilityTargets targets = Service.targets()
        .availability(new BigDecimal("0.995"))
        .errorRate(new BigDecimal("0.004"))
        .build();
    try (Service service = start(targets)) {
      String metrics = service.metrics();
      assertThat(value(
              metrics, "nines_target_ratio{objective=\"availability\",route_class=\"default\"}"))
          .isEqualTo(0.995);
      assertThat(value(metrics, "nines_target_ratio{objective=\"errors\",route_class=\"default\"}"))
          .isEqualTo(0.996);
      assertThat(explained(service, "budget.availability.downtime")).isEqualTo("3h36m");
    }
  }

  @Test
  void aDependencysOwnDeclarationMovesItsGuardAlone() throws IOException {
    ReliabilityTargets targets = Service.targets()
        .dependency(DependencyTargets.optional("payments").withLatencyShare(new BigDecimal("0.3")))
        .build();
    try (Service service = start(targets)) {
      assertThat(explained(service, "breaker.payments.deadline")).isEqualTo("150ms");
      assertThat(service.nines.guard("payments").settings().slowCallThreshold())
          .isEqualTo(Duration.ofMillis(150));
      assertThat(explained(service, "latency.bounds")).contains("200ms").contains("500ms");
    }
  }
}
