package dev.nines.ops.report;

import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.ops.prometheus.Series;
import dev.nines.telemetry.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which versions ran when. */
final class Versions {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A version that is away for as long has ended. */
  static final Duration BREATH = Duration.ofMinutes(10);

  private Versions() {}

  /**
   * A time in which a version ran.
   *
   * @param wasThere whether it already ran at the begin of what was looked at
   * @param isThere whether it still ran at its end
   */
  record Run(String version, Instant from, Instant to, boolean wasThere, boolean isThere) {}

  /** Returns the runs in the order of their begin. */
  static List<Run> seen(PrometheusClient prometheus, String selector, Instant from, Instant to)
      throws IOException, InterruptedException {
    Map<String, List<Instant>> moments = new HashMap<>();
    Duration stretch = MINUTE.multipliedBy(PrometheusClient.MOST_POINTS - 1L);
    for (Instant begin = from; !begin.isAfter(to); begin = begin.plus(stretch).plus(MINUTE)) {
      Instant end = begin.plus(stretch).isBefore(to) ? begin.plus(stretch) : to;
      for (Series series : prometheus.queryRange(
          "count by (version) (" + Metrics.BUILD_INFO.name() + "{" + selector + "})",
          begin,
          end,
          MINUTE)) {
        series.points().forEach(point -> moments
            .computeIfAbsent(series.label("version"), version -> new ArrayList<>())
            .add(point.at()));
      }
    }
    // What the first version of all is, nobody deployed in this time, as far as one can know.
    Instant first = moments.values().stream()
        .map(list -> list.get(0))
        .min(Comparator.naturalOrder())
        .orElse(from);
    List<Run> runs = new ArrayList<>();
    moments.forEach((version, list) -> runs.addAll(runs(version, list, first, to)));
    runs.sort(Comparator.comparing(Run::from).thenComparing(Run::version));
    return runs;
  }

  private static List<Run> runs(String version, List<Instant> moments, Instant first, Instant end) {
    List<Run> runs = new ArrayList<>();
    Instant from = moments.get(0);
    Instant last = from;
    for (Instant moment : moments) {
      if (Duration.between(last, moment).compareTo(BREATH) > 0) {
        runs.add(run(version, from, last, first, end));
        from = moment;
      }
      last = moment;
    }
    runs.add(run(version, from, last, first, end));
    return runs;
  }

  private static Run run(String version, Instant from, Instant to, Instant first, Instant end) {
    return new Run(version, from, to, !from.isAfter(first), !to.plus(BREATH).isBefore(end));
  }
}
