package dev.nines.ops.grafana;

import static dev.nines.ops.grafana.Panel.HALF;
import static dev.nines.ops.grafana.Panel.RATE;
import static dev.nines.ops.grafana.Panel.THIRD;
import static dev.nines.ops.grafana.Query.course;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.HttpNaming;
import dev.nines.targets.Durations;
import dev.nines.targets.LatencyTarget;
import dev.nines.telemetry.Metrics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Traffic, errors, latency and saturation of a service against what it promises, as a whole and by route. */
final class SignalPanels {

  private final Blueprint blueprint;
  private final HttpNaming http;
  private final Budgets budgets;

  SignalPanels(Blueprint blueprint) {
    this.blueprint = blueprint;
    this.http = blueprint.naming();
    this.budgets = Budgets.of(blueprint);
  }

  Panel traffic() {
    List<Query> queries = new ArrayList<>();
    queries.add(course(
        "sum by (" + http.status() + ") (rate(" + duration("_count") + RATE + "))",
        "{{" + http.status() + "}}"));
    queries.add(course(
        "sum(rate(" + blueprint.series(Metrics.EXCHANGES, "outcome=\"client_abort\"") + RATE + "))",
        "aborted by the client"));
    blueprint
        .targets()
        .peakRequestsPerSecond()
        .ifPresent(peak -> queries.add(course("vector(" + plain(peak) + ")", "declared peak")));
    return Panel.graph(
        "Traffic", "reqps", HALF, "Requests by status.", queries.toArray(Query[]::new));
  }

  Panel errors() {
    return Panel.graph(
        "Errors",
        "percentunit",
        HALF,
        "Share of valid requests that failed, and what is allowed: 1 - promise.",
        course(budgets.bad("$__rate_interval", "objective=\"errors\""), "failed, {{route_class}}"),
        course(budgets.allowed("objective=\"errors\""), "allowed, {{route_class}}"));
  }

  Panel latency() {
    List<Query> queries = new ArrayList<>();
    for (LatencyTarget target : blueprint.targets().latency().targets()) {
      queries.add(course(quantile(target, "le"), target.label()));
      queries.add(course(
          "vector(" + Durations.seconds(target.threshold()) + ")", target.label() + " promised"));
    }
    return Panel.graph(
        "Latency",
        "s",
        HALF,
        "Of requests that were no errors. Bounds of the histogram lie on the promises."
            + (http == HttpNaming.SPRING
                ? " Needs nines.metrics.naming=spring, or Spring's own with"
                    + " management.metrics.distribution.percentiles-histogram of"
                    + " http.server.requests."
                : ""),
        queries.toArray(Query[]::new));
  }

  Panel saturation() {
    String here = "instance=~\"$instance\"";
    return Panel.graph(
        "Saturation",
        "percentunit",
        HALF,
        "How full the fullest instance is, and how full it may be, as declared.",
        course(
            "max by (resource) (" + blueprint.series(Metrics.SATURATION, here) + ")",
            "{{resource}}"),
        course(
            "max by (resource) (" + blueprint.series(Metrics.SATURATION_TARGET) + ")",
            "{{resource}} allowed"));
  }

  Panel routeTraffic() {
    return Panel.graph(
        "Traffic by route",
        "reqps",
        THIRD,
        "The ten busiest.",
        course(byRoute("rate(" + duration("_count") + RATE + ")"), "{{" + http.route() + "}}"));
  }

  Panel routeErrors() {
    return Panel.graph(
        "Errors by route",
        "reqps",
        THIRD,
        "The ten that fail most.",
        course(
            byRoute("rate(" + duration("_count", http.failed()) + RATE + ")"),
            "{{" + http.route() + "}}"));
  }

  Panel routeLatency() {
    LatencyTarget target = blueprint.targets().latency().governing();
    return Panel.graph(
        target.label() + " by route",
        "s",
        THIRD,
        "The ten slowest; the service as a whole promises " + Durations.format(target.threshold())
            + ".",
        course(
            "topk(10, " + quantile(target, http.route(), "le") + ")", "{{" + http.route() + "}}"));
  }

  private String duration(String suffix, String... matchers) {
    return blueprint.series(http.duration() + suffix, matchers);
  }

  private String quantile(LatencyTarget target, String... by) {
    return "histogram_quantile(" + plain(target.quantile()) + ", sum by (" + String.join(", ", by)
        + ") (rate(" + duration("_bucket", http.well()) + RATE + ")))";
  }

  private String byRoute(String rate) {
    return "topk(10, sum by (" + http.route() + ") (" + rate + "))";
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
