package dev.nines.derive;

import dev.nines.targets.DependencyTargets;
import dev.nines.targets.LatencyTarget;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.RecoveryTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.ReliabilityTargetsBuilder;
import dev.nines.targets.RouteTargets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;

/** Valid declarations of every shape: one to four quantiles, routes, dependencies, detection from 5 s to 1 h. */
final class RandomTargets extends DomainContextBase {

  private static final List<String> QUANTILES = List.of("0.5", "0.9", "0.95", "0.99", "0.999");

  @Provide
  Arbitrary<ReliabilityTargets> targets() {
    return Combinators.combine(
            errorRates(), latencies(), detections(), routes(), dependencies(), peaks(), windows())
        .as(RandomTargets::build);
  }

  private static ReliabilityTargets build(
      BigDecimal errorRate,
      LatencyTargets latency,
      Duration detection,
      List<RouteTargets> routes,
      List<DependencyTargets> dependencies,
      Optional<BigDecimal> peak,
      Duration window) {
    ReliabilityTargetsBuilder builder = ReliabilityTargets.builder()
        .errorRate(errorRate)
        .latency(latency)
        .window(window)
        .recovery(new RecoveryTargets(
            detection,
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofHours(2),
            Duration.ofHours(24)))
        .lifecycle(new LifecycleTimings(
            Duration.ofSeconds(77), Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(6500)));
    peak.ifPresent(builder::peakRequestsPerSecond);
    routes.forEach(builder::route);
    dependencies.forEach(builder::dependency);
    return builder.build();
  }

  private static Arbitrary<BigDecimal> errorRates() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("0.000001"), new BigDecimal("0.2"))
        .ofScale(6);
  }

  /** Rising thresholds for the quantiles from a random one up; the last is p99 or p99.9. */
  private static Arbitrary<LatencyTargets> latencies() {
    Arbitrary<List<Integer>> steps =
        Arbitraries.integers().between(0, 3000).list().ofSize(5);
    return Combinators.combine(
            steps, Arbitraries.integers().between(0, 3), Arbitraries.integers().between(4, 5))
        .as(RandomTargets::latency);
  }

  private static LatencyTargets latency(List<Integer> steps, int from, int to) {
    return new LatencyTargets(IntStream.range(from, to)
        .mapToObj(i -> new LatencyTarget(
            new BigDecimal(QUANTILES.get(i)),
            Duration.ofMillis(
                20 + steps.subList(0, i + 1).stream().mapToInt(s -> s).sum())))
        .toList());
  }

  private static Arbitrary<Duration> detections() {
    return Arbitraries.longs()
        .between(5_000, 3_600_000)
        .withDistribution(RandomDistribution.biased())
        .map(Duration::ofMillis);
  }

  private static Arbitrary<List<RouteTargets>> routes() {
    Arbitrary<RouteTargets> route = Combinators.combine(
            Arbitraries.of("GET /a", "POST /a/{id}", "PUT /b.c"),
            errorRates().optional(),
            Arbitraries.integers().between(16_000, 50_000).optional())
        .as((name, errors, p99) -> new RouteTargets(
            name,
            errors,
            p99.map(ms -> new LatencyTargets(List.of(
                new LatencyTarget(new BigDecimal("0.99"), Duration.ofMillis(ms)),
                new LatencyTarget(new BigDecimal("0.999"), Duration.ofMillis(ms + 5)))))));
    return route.list().ofMaxSize(3);
  }

  private static Arbitrary<List<DependencyTargets>> dependencies() {
    Arbitrary<BigDecimal> shares = Arbitraries.bigDecimals()
        .between(new BigDecimal("0.06"), BigDecimal.ONE)
        .ofScale(3);
    Arbitrary<DependencyTargets> dependency = Combinators.combine(
            Arbitraries.of("db", "payments", "mail"),
            Arbitraries.of(true, false),
            errorRates().optional(),
            shares)
        .as((name, required, errors, share) -> {
          DependencyTargets base =
              required ? DependencyTargets.required(name) : DependencyTargets.optional(name);
          DependencyTargets shared = base.withLatencyShare(share);
          return errors.map(shared::withErrorRate).orElse(shared);
        });
    return dependency.list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<Optional<BigDecimal>> peaks() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("0.1"), new BigDecimal("50000"))
        .ofScale(1)
        .optional();
  }

  private static Arbitrary<Duration> windows() {
    return Arbitraries.of(1, 2, 7, 28, 30, 90).map(Duration::ofDays);
  }
}
