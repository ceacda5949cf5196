package dev.nines.derive;

import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Histogram bounds that lie exactly on the promises, so that a promise can be read off without interpolation. */
final class LatencyBounds {

  /** Bounds closer than this factor tell little apart and cost a series each. */
  private static final BigDecimal LEAST_RATIO = new BigDecimal(2);

  /** Distances around each promise, in the order in which they are wanted: ½, 2, ¼, 4. */
  private static final List<BigDecimal> LADDER = List.of(
      new BigDecimal("0.5"), new BigDecimal("2"), new BigDecimal("0.25"), new BigDecimal("4"));

  /**
   * Bounds advised for HTTP durations, in ms.
   *
   * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-metrics/">OpenTelemetry, HTTP metrics</a>
   */
  private static final List<Duration> ADVISED = Stream.of(
          5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000)
      .map(Duration::ofMillis)
      .toList();

  private LatencyBounds() {}

  /** Returns one set for every server series: sums by {@code le} across routes are wrong with several. */
  static List<Duration> server(ReliabilityTargets targets) {
    Stream<String> classes = RouteClasses.of(targets).stream();
    return around(classes
        .flatMap(c -> targets.latency(c).targets().stream())
        .map(t -> t.threshold())
        .toList());
  }

  /** Returns the bounds around the promises: these first, then what is at least a factor of two from all kept. */
  static List<Duration> around(Collection<Duration> promises) {
    TreeSet<Duration> promised = new TreeSet<>(promises);
    TreeSet<Duration> kept = new TreeSet<>(promised);
    for (BigDecimal factor : LADDER) {
      promised.forEach(p -> addIfApart(kept, Amounts.times(p, factor)));
    }
    ADVISED.forEach(b -> addIfApart(kept, b));
    return List.copyOf(kept);
  }

  private static void addIfApart(TreeSet<Duration> kept, Duration bound) {
    Duration below = kept.floor(bound);
    Duration above = kept.ceiling(bound);
    if ((below == null || apart(below, bound)) && (above == null || apart(bound, above))) {
      kept.add(bound);
    }
  }

  private static boolean apart(Duration lower, Duration higher) {
    return Amounts.seconds(higher).compareTo(Amounts.seconds(lower).multiply(LEAST_RATIO)) >= 0;
  }
}
