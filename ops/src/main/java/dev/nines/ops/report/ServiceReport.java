package dev.nines.ops.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a service did, against what it promised. Immutable.
 *
 * @param service name of the service
 * @param from begin of the time that is told of
 * @param to its end
 * @param uptime share of the time in which at least one instance was ready
 * @param promises each promise about requests
 * @param quantiles latency of the requests that were no errors
 * @param budgets what is left at the end of the budgets over the declared window
 * @param incidents what went wrong, in order
 * @param recovery how soon that was over
 * @param deployments what was deployed, in order
 * @param worstRoutes the routes that are farthest over their targets, the worst first
 * @param throughput valid requests per second, over time
 * @param errorShare share of requests that failed, over time
 * @param latencies one line for each quantile, over time, in seconds
 */
public record ServiceReport(
    String service,
    Instant from,
    Instant to,
    Uptime uptime,
    List<Promise> promises,
    List<Quantile> quantiles,
    List<Budget> budgets,
    List<Incident> incidents,
    Recovery recovery,
    List<Deployment> deployments,
    List<Route> worstRoutes,
    Line throughput,
    Line errorShare,
    List<Line> latencies) {

  public ServiceReport {
    promises = List.copyOf(promises);
    quantiles = List.copyOf(quantiles);
    budgets = List.copyOf(budgets);
    incidents = List.copyOf(incidents);
    deployments = List.copyOf(deployments);
    worstRoutes = List.copyOf(worstRoutes);
    latencies = List.copyOf(latencies);
  }

  /**
   * Availability.
   *
   * @param ratio share of the time seen; empty if it was not seen
   * @param target promised share
   * @param down time in which no instance was ready
   * @param seen time of which anything is known
   */
  public record Uptime(Optional<Double> ratio, double target, Duration down, Duration seen) {

    /** Returns whether the promise was kept. */
    public boolean isKept() {
      return ratio.isPresent() && ratio.get() >= target;
    }
  }

  /**
   * One promise about requests.
   *
   * @param objective {@code errors}, {@code latency_p99}, …
   * @param routeClass {@code default}, or the route with promises of its own
   * @param requests valid requests, of latency those that were no errors
   * @param bad those that broke it
   * @param allowed share that may break it
   */
  public record Promise(
      String objective, String routeClass, double requests, double bad, double allowed) {

    /** Returns the share that broke it; 0 without requests. */
    public double share() {
      return requests > 0 ? bad / requests : 0;
    }

    /** Returns whether it was kept. */
    public boolean isKept() {
      return share() <= allowed;
    }
  }

  /** A quantile of the durations, {@code p99}, and what is promised of it; empty without requests. */
  public record Quantile(String label, Optional<Double> seconds, double target) {

    /** Returns whether it lies within the target; a share of requests over the target says so more exactly. */
    public boolean isKept() {
      return seconds.isEmpty() || seconds.get() <= target;
    }
  }

  /** What is left of a budget over the declared window, and how much of that window was seen. */
  public record Budget(String objective, String routeClass, double left, double coverage) {}

  /**
   * Something that went wrong.
   *
   * @param kind {@code not ready}, {@code errors}, or both
   * @param worst greatest share of bad requests within two minutes; 0 where it was not about requests
   * @param ongoing whether it was not over at the end
   */
  public record Incident(Instant from, Instant to, String kind, double worst, boolean ongoing) {

    /** Returns its length. */
    public Duration length() {
      return Duration.between(from, to);
    }
  }

  /**
   * How soon incidents were over.
   *
   * @param restore promised time, {@code recovery.restore}
   * @param rto promised time after a disaster, {@code recovery.rto}
   * @param withinRestore incidents that were over within restore
   * @param over incidents that were over
   * @param mean mean length; empty without any
   * @param longest greatest length; empty without any
   */
  public record Recovery(
      Duration restore,
      Duration rto,
      int withinRestore,
      int over,
      Optional<Duration> mean,
      Optional<Duration> longest) {}

  /**
   * A deployment.
   *
   * @param at when the version was first seen, or when it was judged if it was not seen
   * @param outcome a verdict of {@code nines watch}, {@code ROLLED_BACK} as the versions tell, or {@code STAYED}
   * @param judged whether {@code nines watch} says so
   */
  public record Deployment(Instant at, String version, String outcome, boolean judged) {

    /** Returns whether it failed, or was rolled back. */
    public boolean isFailed() {
      return outcome.equals("FAILED") || outcome.equals("ROLLED_BACK");
    }
  }

  /**
   * A route.
   *
   * @param name method and template
   * @param errors share of its requests that failed
   * @param p99 99th percentile of those that didn't, in seconds; empty where there were none
   * @param allowedErrors share that may fail
   * @param promisedP99 what is promised of the quantile that governs
   */
  public record Route(
      String name,
      double requests,
      double errors,
      Optional<Double> p99,
      double allowedErrors,
      double promisedP99) {

    /** Returns how many times over its worse target it is; below 1 it keeps both. */
    public double timesOver() {
      return Math.max(
          errors / allowedErrors, p99.map(seconds -> seconds / promisedP99).orElse(0.0));
    }
  }

  /** A line of a plot. */
  public record Line(String label, Optional<Double> target, List<Point> points) {

    public Line {
      points = List.copyOf(points);
    }
  }

  /** One point of it. */
  public record Point(Instant at, double value) {}

  /** Returns the share of deployments that neither failed nor were rolled back; empty without any. */
  public Optional<Double> deploymentSuccess() {
    long failed = deployments.stream().filter(Deployment::isFailed).count();
    return deployments.isEmpty()
        ? Optional.empty()
        : Optional.of(1 - failed / (double) deployments.size());
  }

  /** Returns the report as Markdown. */
  public String toMarkdown() {
    return new MarkdownForm(this).text();
  }

  /** Returns the report as JSON: times in seconds, shares as ratios. */
  public String toJson() {
    return JsonForm.of(this);
  }

  /** Returns the report as one HTML page that needs nothing else, with plots. */
  public String toHtml() {
    return new HtmlForm(this).page();
  }
}
