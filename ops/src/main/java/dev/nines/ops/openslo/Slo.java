package dev.nines.ops.openslo;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.Comment;
import dev.nines.ops.generate.DnsLabel;
import dev.nines.ops.generate.PromQl;
import dev.nines.ops.generate.Quoted;
import dev.nines.targets.Durations;
import dev.nines.targets.LatencyTarget;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One objective of one route class.
 *
 * @param name of the SLO
 * @param objective as it stands in metrics
 * @param description what is promised
 * @param why for a comment
 * @param target share that is promised
 * @param indicator how it is measured, in YAML below {@code spec} of the indicator
 * @param method by which the budget is counted
 * @param terms what the method needs besides the target, each a line of YAML
 */
record Slo(
    String name,
    String service,
    String objective,
    String routeClass,
    String description,
    String why,
    BigDecimal target,
    String indicator,
    String method,
    List<String> terms) {

  /** A moment is good while at least one instance is ready. */
  static Slo availability(Blueprint blueprint, String service) {
    String indicator = """
              thresholdMetric:
                metricSource:
                  metricSourceRef: prometheus
                  type: Prometheus
                  spec:
                    query: |-
                      max(%s)
        """.formatted(blueprint.series(Metrics.READY));
    return new Slo(
        service + "-availability",
        service,
        "availability",
        "default",
        "Share of time in which at least one instance is ready.",
        blueprint.why("budget.availability.downtime"),
        blueprint.targets().availability(),
        indicator,
        "Timeslices",
        List.of("op: gte", "value: 1", "timeSliceTarget: 1", "timeSliceWindow: 1m"));
  }

  /** The error rate and each latency of a route class, measured on the counters of good and bad requests. */
  static List<Slo> requests(Blueprint blueprint, String service, String routeClass) {
    ReliabilityTargets targets = blueprint.targets();
    List<Slo> slos = new ArrayList<>();
    slos.add(requests(
        blueprint,
        service,
        routeClass,
        "errors",
        "Share of valid requests that do not fail.",
        BigDecimal.ONE.subtract(targets.errorRate(routeClass))));
    for (LatencyTarget latency : targets.latency(routeClass).targets()) {
      slos.add(requests(
          blueprint,
          service,
          routeClass,
          latency.objective(),
          "Share of requests that are no errors and take at most "
              + Durations.format(latency.threshold()) + ".",
          latency.quantile()));
    }
    return slos;
  }

  private static Slo requests(
      Blueprint blueprint,
      String service,
      String routeClass,
      String objective,
      String description,
      BigDecimal target) {
    String good = counter(blueprint, Metrics.REQUESTS_GOOD, objective, routeClass);
    String bad = counter(blueprint, Metrics.REQUESTS_BAD, objective, routeClass);
    String indicator = """
              ratioMetric:
                counter: true
                good:
                  metricSource:
                    metricSourceRef: prometheus
                    type: Prometheus
                    spec:
                      query: |-
                        sum(%1$s)
                total:
                  metricSource:
                    metricSourceRef: prometheus
                    type: Prometheus
                    spec:
                      query: |-
                        sum(%1$s) + sum(%2$s)
        """.formatted(good, bad);
    return new Slo(
        name(service, routeClass, objective),
        service,
        objective,
        routeClass,
        description,
        blueprint.why("budget." + routeClass + "." + objective),
        target,
        indicator,
        "Occurrences",
        List.of());
  }

  /** Returns the name of an SLO: {@code checkout-errors}, {@code checkout-post-orders-latency-p99}. */
  static String name(String service, String routeClass, String objective) {
    String of = routeClass.equals("default") ? "" : DnsLabel.of(routeClass) + "-";
    return service + "-" + of + DnsLabel.of(objective);
  }

  String yaml(Blueprint blueprint, List<SloAlert> alerts) {
    return Comment.of("target: 1 - budget; " + why)
        + "apiVersion: openslo/v1\n"
        + "kind: SLO\n"
        + "metadata:\n"
        + "  name: " + name + "\n"
        + "  displayName: "
        + Quoted.text(blueprint.service() + ": " + objective + " of " + routeClass) + "\n"
        + "spec:\n"
        + "  description: " + description + "\n"
        + "  service: " + service + "\n"
        + "  indicator:\n"
        + "    metadata:\n"
        + "      name: " + name + "\n"
        + "    spec:\n"
        + indicator
        + "  timeWindow:\n"
        + "    - duration: " + Shorthand.of(blueprint.targets().window()) + "\n"
        + "      isRolling: true\n"
        + "  budgetingMethod: " + method + "\n"
        + "  objectives:\n"
        + "    - displayName: " + objective + "\n"
        + "      target: " + target.stripTrailingZeros().toPlainString() + "\n"
        + terms.stream().map(term -> "      " + term + "\n").collect(Collectors.joining())
        + policies(alerts);
  }

  private String policies(List<SloAlert> alerts) {
    String names = alerts.stream()
        .filter(alert -> alert.slo().equals(name))
        .map(alert -> "    - " + alert.name() + "\n")
        .collect(Collectors.joining());
    return names.isEmpty() ? "" : "  alertPolicies:\n" + names;
  }

  private static String counter(
      Blueprint blueprint, Metric metric, String objective, String routeClass) {
    return blueprint.series(
        metric, PromQl.equal("objective", objective), PromQl.equal("route_class", routeClass));
  }
}
