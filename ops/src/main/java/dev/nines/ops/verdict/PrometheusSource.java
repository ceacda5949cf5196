package dev.nines.ops.verdict;

import dev.nines.ops.budget.BudgetLeft;
import dev.nines.ops.budget.PrometheusBudgets;
import dev.nines.ops.generate.HttpNaming;
import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.ops.prometheus.Sample;
import dev.nines.ops.prometheus.Series;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a Prometheus has scraped of the instances. */
final class PrometheusSource implements MetricSource {

  private static final String UP = "up";
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final List<Metric> WATCHED = List.of(
      Metrics.REQUESTS_GOOD,
      Metrics.REQUESTS_BAD,
      Metrics.BUILD_INFO,
      Metrics.READY,
      Metrics.SATURATION,
      Metrics.PROCESS_START);

  private final PrometheusClient prometheus;
  private final String selector;
  private final Optional<String> environment;
  private final ReliabilityTargets targets;

  /** @param environment whose instances count; all if empty */
  PrometheusSource(
      PrometheusClient prometheus,
      String selector,
      Optional<String> environment,
      ReliabilityTargets targets) {
    this.prometheus = prometheus;
    this.selector = selector;
    this.environment = environment;
    this.targets = targets;
  }

  @Override
  public Look look(Instant now) throws IOException, InterruptedException {
    String names = Stream.concat(WATCHED.stream().map(Metric::name), Stream.of(UP))
        .collect(Collectors.joining("|"));
    Map<String, List<Sample>> byInstance = new LinkedHashMap<>();
    Map<String, String> missing = new HashMap<>();
    for (Sample sample : prometheus.query("{__name__=~\"" + names + "\"," + selector + "}", now)) {
      if (!sample.name().equals(UP)) {
        byInstance.computeIfAbsent(instance(sample), i -> new ArrayList<>()).add(sample);
      } else if (sample.value() < 1) {
        missing.put(instance(sample), "Prometheus cannot scrape it");
      }
    }
    for (Sample bucket : prometheus.query(buckets(""), now)) {
      byInstance
          .computeIfAbsent(instance(bucket), i -> new ArrayList<>())
          .add(new Sample(SampleReader.BUCKETS, bucket.labels(), bucket.value()));
    }
    byInstance.keySet().removeAll(missing.keySet());
    return new Look(
        byInstance.entrySet().stream()
            .map(entry -> SampleReader.read(entry.getKey(), entry.getValue(), Optional.empty()))
            .filter(look -> environment.map(look.environment()::equals).orElse(true))
            .toList(),
        missing);
  }

  @Override
  public Optional<Instant> firstSeen(String version, Instant now, Duration within)
      throws IOException, InterruptedException {
    List<Series> seen = prometheus.queryRange(
        "count(" + Metrics.BUILD_INFO.name() + "{" + selector + ",version=" + quoted(version)
            + "})",
        now.minus(within),
        now,
        step(within));
    return seen.stream()
        .flatMap(series -> series.points().stream().limit(1))
        .map(Series.Point::at)
        .filter(first -> first.isAfter(now.minus(within).plus(step(within))))
        .findFirst();
  }

  @Override
  public Measured before(Instant until, Duration length, Duration stretch)
      throws IOException, InterruptedException {
    String window = "[" + Math.max(1, length.toSeconds()) + "s]";
    Map<Objective, Tally> tallies = new HashMap<>();
    for (Sample good : increases(Metrics.REQUESTS_GOOD, window, until)) {
      tallies.merge(objective(good), new Tally(count(good), 0), Tally::plus);
    }
    for (Sample bad : increases(Metrics.REQUESTS_BAD, window, until)) {
      tallies.merge(objective(bad), new Tally(0, count(bad)), Tally::plus);
    }
    Counters counters = new Counters(
        tallies,
        new Buckets(prometheus.query(buckets(window), until).stream()
            .collect(Collectors.toMap(
                bucket -> SampleReader.bound(bucket.label("le")),
                PrometheusSource::count,
                Double::sum,
                java.util.TreeMap::new))));
    return tallies.isEmpty()
        ? Measured.NONE
        : new Measured(
            counters,
            saturation(window, until),
            length.toSeconds(),
            throughputs(until, length, stretch));
  }

  @Override
  public List<BudgetLeft> budgets(Instant now) throws IOException, InterruptedException {
    return PrometheusBudgets.read(prometheus, selector, targets, now);
  }

  private List<Sample> increases(Metric counter, String window, Instant until)
      throws IOException, InterruptedException {
    return prometheus.query(
        "sum by (objective, route_class) (increase(" + counter.name() + "{" + selector + "}"
            + window + ")" + ofEnvironment(window) + ")",
        until);
  }

  private Map<String, Double> saturation(String window, Instant until)
      throws IOException, InterruptedException {
    return prometheus
        .query(
            "avg by (resource) (avg_over_time(" + Metrics.SATURATION.name() + "{" + selector + "}"
                + window + ")" + ofEnvironment(window) + ")",
            until)
        .stream()
        .filter(sample -> !Double.isNaN(sample.value()))
        .collect(Collectors.toMap(sample -> sample.label("resource"), Sample::value));
  }

  private List<Double> throughputs(Instant until, Duration length, Duration stretch)
      throws IOException, InterruptedException {
    if (length.compareTo(stretch) <= 0) {
      return List.of();
    }
    String window = "[" + Math.max(1, stretch.toSeconds()) + "s]";
    String selected = "{" + selector + ",objective=\"" + Objective.ERRORS + "\"}" + window;
    return prometheus
        .queryRange(
            "sum(rate(" + Metrics.REQUESTS_GOOD.name() + selected + ")" + ofEnvironment(window)
                + ") + sum(rate(" + Metrics.REQUESTS_BAD.name() + selected + ")"
                + ofEnvironment(window) + ")",
            until.minus(length).plus(stretch),
            until,
            stretch)
        .stream()
        .flatMap(series -> series.points().stream())
        .map(Series.Point::value)
        .filter(Double::isFinite)
        .toList();
  }

  /** Buckets of the instances now, or over a window those of all together; Spring Boot's where a service has only these. */
  private String buckets(String window) {
    return Stream.of(HttpNaming.OTEL, HttpNaming.SPRING)
        .map(naming -> buckets(naming, window))
        .collect(Collectors.joining(" or "));
  }

  private String buckets(HttpNaming naming, String window) {
    String selected = naming.duration() + "_bucket{" + selector + "," + naming.well() + "}";
    return window.isEmpty()
        ? "sum by (job, instance, le) (" + selected + ")"
        : "sum by (le) (increase(" + selected + window + ")" + ofEnvironment(window) + ")";
  }

  private String ofEnvironment(String window) {
    return environment
        .map(name -> " and on (job, instance) last_over_time(" + Metrics.BUILD_INFO.name() + "{"
            + selector + ",environment=" + quoted(name) + "}" + window + ")")
        .orElse("");
  }

  private static Duration step(Duration within) {
    Duration least = within.dividedBy(PrometheusClient.MOST_POINTS - 1);
    return least.compareTo(STEP) > 0 ? least : STEP;
  }

  private static Objective objective(Sample sample) {
    return new Objective(sample.label("objective"), sample.label("route_class"));
  }

  private static double count(Sample sample) {
    return sample.value() > 0 ? sample.value() : 0;
  }

  private static String instance(Sample sample) {
    return sample.label("instance");
  }

  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
