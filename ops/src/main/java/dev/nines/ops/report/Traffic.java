package dev.nines.ops.report;

import dev.nines.ops.generate.HttpNaming;
import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.ops.prometheus.Sample;
import dev.nines.ops.prometheus.Series;
import dev.nines.targets.Durations;
import dev.nines.targets.LatencyTarget;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metrics;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the requests of a time tell. */
final class Traffic {

  /** Points of a plot: an hour apart over a week. */
  private static final int POINTS = 168;

  /** A window of two minutes needs a scrape every 30 s. */
  static final Duration BURST = Duration.ofMinutes(2);

  static final Duration MINUTE = Duration.ofMinutes(1);

  private static final BigDecimal PAGE_FACTOR =
      new BigDecimal("0.9").multiply(new BigDecimal("14.4"));
  private static final double FEWEST_BAD = 4.5;
  private static final int ROUTES = 10;
  private static final String ERRORS = "errors";
  private static final String DEFAULT_CLASS = "default";

  private final PrometheusClient prometheus;
  private final String selector;
  private final ReliabilityTargets targets;
  private final Instant from;
  private final Instant to;
  private final Duration step;
  private final HttpNaming http;

  Traffic(
      PrometheusClient prometheus,
      String selector,
      ReliabilityTargets targets,
      Instant from,
      Instant to)
      throws IOException, InterruptedException {
    this.prometheus = prometheus;
    this.selector = selector;
    this.targets = targets;
    this.from = from;
    this.to = to;
    Duration even = Duration.between(from, to).dividedBy(POINTS);
    this.step = even.compareTo(BURST) < 0 ? BURST : even;
    this.http = naming();
  }

  List<ServiceReport.Promise> promises() throws IOException, InterruptedException {
    Map<String, double[]> counts = new HashMap<>();
    for (Sample good : ask(byPromise(Metrics.REQUESTS_GOOD.name()))) {
      counts.computeIfAbsent(key(good), k -> new double[2])[0] = good.value();
    }
    for (Sample bad : ask(byPromise(Metrics.REQUESTS_BAD.name()))) {
      counts.computeIfAbsent(key(bad), k -> new double[2])[1] = bad.value();
    }
    List<ServiceReport.Promise> all = new ArrayList<>();
    List<String> classes = new ArrayList<>(List.of(DEFAULT_CLASS));
    classes.addAll(targets.routes().keySet());
    for (String routeClass : classes) {
      add(all, counts, ERRORS, routeClass, targets.errorRate(routeClass));
      for (LatencyTarget target : targets.latency(routeClass).targets()) {
        add(all, counts, target.objective(), routeClass, target.slowBudget());
      }
    }
    return all;
  }

  private static void add(
      List<ServiceReport.Promise> all,
      Map<String, double[]> counts,
      String objective,
      String routeClass,
      BigDecimal allowed) {
    double[] goodAndBad = counts.getOrDefault(key(objective, routeClass), new double[2]);
    all.add(new ServiceReport.Promise(
        objective,
        routeClass,
        goodAndBad[0] + goodAndBad[1],
        goodAndBad[1],
        allowed.doubleValue()));
  }

  List<ServiceReport.Quantile> quantiles() throws IOException, InterruptedException {
    List<ServiceReport.Quantile> all = new ArrayList<>();
    for (LatencyTarget target : targets.latency().targets()) {
      Optional<Double> seconds = ask(quantile(target.quantile(), "le", window())).stream()
          .map(Sample::value)
          .filter(Double::isFinite)
          .findFirst();
      all.add(new ServiceReport.Quantile(
          target.label(), seconds, Durations.seconds(target.threshold())));
    }
    return all;
  }

  List<ServiceReport.Route> worstRoutes() throws IOException, InterruptedException {
    String labels = http.method() + ", " + http.route();
    Map<String, Double> requests =
        byRoute("sum by (" + labels + ") (increase(" + count(http.counted()) + window() + "))");
    Map<String, Double> errors = byRoute("sum by (" + labels + ") (increase("
        + count(http.failed() + "," + http.counted()) + window() + "))");
    Map<String, Double> p99 =
        byRoute(quantile(targets.latency().governing().quantile(), labels + ", le", window()));
    List<ServiceReport.Route> routes = new ArrayList<>();
    requests.forEach((name, all) -> {
      if (all > 0) {
        routes.add(new ServiceReport.Route(
            name,
            all,
            errors.getOrDefault(name, 0.0) / all,
            Optional.ofNullable(p99.get(name)),
            targets.errorRate(name).doubleValue(),
            Durations.seconds(targets.latency(name).governing().threshold())));
      }
    });
    routes.sort(Comparator.comparingDouble(ServiceReport.Route::timesOver)
        .reversed()
        .thenComparing(ServiceReport.Route::name));
    return routes.stream().limit(ROUTES).toList();
  }

  private Map<String, Double> byRoute(String query) throws IOException, InterruptedException {
    Map<String, Double> values = new HashMap<>();
    for (Sample sample : ask(query)) {
      if (Double.isFinite(sample.value())) {
        values.put(sample.label(http.method()) + " " + sample.label(http.route()), sample.value());
      }
    }
    return values;
  }

  ServiceReport.Line throughput() throws IOException, InterruptedException {
    return line("requests/s", Optional.empty(), requests(stepWindow(), "rate"));
  }

  ServiceReport.Line errorShare() throws IOException, InterruptedException {
    return line(
        ERRORS,
        Optional.of(targets.errorRate().doubleValue()),
        bad(stepWindow()) + " / " + requests(stepWindow(), "increase"));
  }

  List<ServiceReport.Line> latencies() throws IOException, InterruptedException {
    List<ServiceReport.Line> lines = new ArrayList<>();
    for (LatencyTarget target : targets.latency().targets()) {
      lines.add(line(
          target.label(),
          Optional.of(Durations.seconds(target.threshold())),
          quantile(target.quantile(), "le", stepWindow())));
    }
    return lines;
  }

  /** Returns the minutes behind which so many requests failed that an alert would page, each with the share that did. */
  List<Series.Point> bursts() throws IOException, InterruptedException {
    String window = "[" + BURST.toSeconds() + "s]";
    double threshold = PAGE_FACTOR.multiply(targets.errorRate()).doubleValue();
    List<Series.Point> all = new ArrayList<>();
    Duration stretch = MINUTE.multipliedBy(PrometheusClient.MOST_POINTS - 1L);
    for (Instant begin = from; !begin.isAfter(to); begin = begin.plus(stretch).plus(MINUTE)) {
      Instant end = begin.plus(stretch).isBefore(to) ? begin.plus(stretch) : to;
      prometheus
          .queryRange(
              "(" + bad(window) + " / " + requests(window, "increase") + " >= " + threshold
                  + ") and (" + bad(window) + " > " + FEWEST_BAD + ")",
              begin,
              end,
              MINUTE)
          .forEach(series -> all.addAll(series.points()));
    }
    return all;
  }

  private ServiceReport.Line line(String label, Optional<Double> target, String query)
      throws IOException, InterruptedException {
    return new ServiceReport.Line(
        label,
        target,
        prometheus.queryRange(query, from.plus(step), to, step).stream()
            .flatMap(series -> series.points().stream())
            .filter(point -> Double.isFinite(point.value()))
            .map(point -> new ServiceReport.Point(point.at(), point.value()))
            .toList());
  }

  private List<Sample> ask(String query) throws IOException, InterruptedException {
    return prometheus.query(query, to);
  }

  private String byPromise(String counter) {
    return "sum by (objective, route_class) (increase(" + counter + "{" + selector + "}" + window()
        + "))";
  }

  private String bad(String window) {
    return "sum(increase(" + counted(Metrics.REQUESTS_BAD.name()) + window + "))";
  }

  private String requests(String window, String function) {
    return "(sum(" + function + "(" + counted(Metrics.REQUESTS_GOOD.name()) + window + ")) + sum("
        + function + "(" + counted(Metrics.REQUESTS_BAD.name()) + window + ")))";
  }

  private String counted(String counter) {
    return counter + "{" + selector + ",objective=\"" + ERRORS + "\"}";
  }

  /** Returns OpenTelemetry's names, unless the service has nothing under these. */
  private HttpNaming naming() throws IOException, InterruptedException {
    String any = HttpNaming.OTEL.duration() + "_count{" + selector + "}" + window();
    return ask("count(last_over_time(" + any + "))").isEmpty()
        ? HttpNaming.SPRING
        : HttpNaming.OTEL;
  }

  private String count(String matchers) {
    return http.duration() + "_count{" + selector + "," + matchers + "}";
  }

  private String quantile(BigDecimal quantile, String labels, String window) {
    return "histogram_quantile(" + quantile.toPlainString() + ", sum by (" + labels
        + ") (increase(" + http.duration() + "_bucket{" + selector + "," + http.well()
        + "}" + window + ")))";
  }

  private String window() {
    return "[" + Duration.between(from, to).toSeconds() + "s]";
  }

  private String stepWindow() {
    return "[" + step.toSeconds() + "s]";
  }

  private static String key(Sample sample) {
    return key(sample.label("objective"), sample.label("route_class"));
  }

  private static String key(String objective, String routeClass) {
    return objective + " of " + routeClass;
  }
}
