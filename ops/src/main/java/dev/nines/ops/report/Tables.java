package dev.nines.ops.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The tables of a report, whatever form they are shown in. */
final class Tables {

  private Tables() {}

  /**
   * A table.
   *
   * @param title what it shows
   * @param intro one sentence before it; may be empty
   * @param head names of its columns
   * @param rows as many cells each
   * @param nothing what to say where there are no rows
   */
  record Table(
      String title, String intro, List<String> head, List<List<String>> rows, String nothing) {}

  static List<Table> of(ServiceReport report) {
    return List.of(
        promises(report),
        budgets(report),
        incidents(report),
        deployments(report),
        worstRoutes(report));
  }

  private static Table promises(ServiceReport report) {
    List<List<String>> rows = new ArrayList<>();
    ServiceReport.Uptime uptime = report.uptime();
    rows.add(List.of(
        "availability",
        Text.nearlyAll(uptime.target()) + " of the time",
        uptime.ratio().map(Text::nearlyAll).orElse("–"),
        Text.length(uptime.down()) + " down",
        uptime.ratio().isEmpty() ? "not seen" : Text.kept(uptime.isKept())));
    for (ServiceReport.Promise promise : report.promises()) {
      rows.add(List.of(
          Text.objective(promise.objective(), promise.routeClass()),
          "at most " + Text.share(promise.allowed()) + " bad",
          promise.requests() > 0 ? Text.share(promise.share()) : "–",
          Text.count(promise.bad()) + " of " + Text.count(promise.requests()) + " requests",
          promise.requests() > 0 ? Text.kept(promise.isKept()) : "no requests"));
    }
    for (ServiceReport.Quantile quantile : report.quantiles()) {
      rows.add(List.of(
          quantile.label(),
          Text.seconds(quantile.target()),
          Text.seconds(quantile.seconds()),
          "",
          quantile.seconds().isEmpty() ? "no requests" : Text.kept(quantile.isKept())));
    }
    return new Table("Promises", "", List.of("promise", "target", "seen", "count", ""), rows, "");
  }

  private static Table budgets(ServiceReport report) {
    return new Table(
        "Error budgets",
        "Over the declared window, up to the end of this report.",
        List.of("objective", "left", "window seen"),
        report.budgets().stream()
            .map(budget -> List.of(
                Text.objective(budget.objective(), budget.routeClass()),
                Text.percent(budget.left()),
                Text.percent(budget.coverage())))
            .toList(),
        "Nothing is known of them.");
  }

  private static Table incidents(ServiceReport report) {
    ServiceReport.Recovery recovery = report.recovery();
    String intro = recovery.over() == 0
        ? ""
        : recovery.withinRestore() + " of " + recovery.over() + " were over within "
            + Text.length(recovery.restore()) + ", as is promised; on average they took "
            + recovery.mean().map(Text::length).orElse("–") + ", the longest "
            + recovery.longest().map(Text::length).orElse("–") + ".";
    return new Table(
        "Incidents and recovery",
        intro,
        List.of("from (UTC)", "length", "what", "worst", "recovery"),
        report.incidents().stream()
            .map(incident -> List.of(
                Text.at(incident.from()),
                Text.length(incident.length()),
                incident.kind(),
                incident.worst() > 0 ? Text.share(incident.worst()) + " bad" : "",
                recovered(incident, recovery)))
            .toList(),
        "None.");
  }

  private static String recovered(
      ServiceReport.Incident incident, ServiceReport.Recovery recovery) {
    Duration length = incident.length();
    String reached = length.compareTo(recovery.restore()) <= 0
        ? "within restore"
        : length.compareTo(recovery.rto()) <= 0 ? "over restore, within RTO" : "over the RTO";
    return incident.ongoing() ? "not over, " + reached + " so far" : reached;
  }

  private static Table deployments(ServiceReport report) {
    return new Table(
        "Deployments",
        report
            .deploymentSuccess()
            .map(share -> Text.percent(share) + " of " + report.deployments().size()
                + " neither failed nor were rolled back.")
            .orElse(""),
        List.of("at (UTC)", "version", "outcome", "said by"),
        report.deployments().stream()
            .map(deployment -> List.of(
                Text.at(deployment.at()),
                deployment.version(),
                deployment.outcome(),
                deployment.judged() ? "nines watch" : "the versions that ran"))
            .toList(),
        "None.");
  }

  private static Table worstRoutes(ServiceReport report) {
    return new Table(
        "Worst routes",
        "By how far they are over their worse target; under 1 × both are kept.",
        List.of("route", "requests", "errors", "p99", "over target"),
        report.worstRoutes().stream()
            .map(route -> List.of(
                route.name(),
                Text.count(route.requests()),
                Text.share(route.errors()),
                Text.seconds(route.p99()),
                Text.plain(route.timesOver(), 2) + " ×"))
            .toList(),
        "No requests.");
  }
}
