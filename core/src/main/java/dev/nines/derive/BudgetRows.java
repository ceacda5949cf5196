package dev.nines.derive;

import dev.nines.targets.LatencyTarget;
import dev.nines.targets.ReliabilityTargets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Explains the budgets and the bounds in which they are measured. */
final class BudgetRows {

  private BudgetRows() {}

  static void explain(Rows rows, ReliabilityTargets targets, List<Duration> bounds) {
    for (String routeClass : RouteClasses.of(targets)) {
      rows.add(
          "budget." + routeClass + ".errors",
          targets.errorRate(routeClass),
          "errorRate: so many of the valid requests may fail within the window",
          Sources.SRE_BOOK,
          "errorRate",
          targets.errorRate(routeClass),
          "window",
          targets.window());
      targets.latency(routeClass).targets().forEach(t -> slowBudget(rows, routeClass, t));
    }
    rows.add(
        "budget.availability.downtime",
        targets.allowedDowntime(targets.window()),
        "(1 − availability) × window",
        Sources.SRE_BOOK,
        "availability",
        targets.availability(),
        "window",
        targets.window());
    rows.add(
        "latency.bounds",
        Rows.text(bounds),
        "every latency target, then ½, 2, ¼ and 4 × each, then the advised bounds, as far as they"
            + " are at least a factor of 2 apart",
        Sources.HTTP_METRICS,
        "targets",
        promises(targets));
  }

  private static void slowBudget(Rows rows, String routeClass, LatencyTarget target) {
    rows.add(
        "budget." + routeClass + "." + target.objective(),
        target.slowBudget(),
        "1 − quantile: so many of the requests that are not errors may be slower",
        Sources.SRE_WORKBOOK,
        "latency." + target.label(),
        target.threshold());
  }

  private static String promises(ReliabilityTargets targets) {
    return RouteClasses.of(targets).stream()
        .flatMap(c -> targets.latency(c).targets().stream())
        .map(LatencyTarget::threshold)
        .distinct()
        .sorted()
        .map(Rows::text)
        .collect(Collectors.joining(" "));
  }
}
