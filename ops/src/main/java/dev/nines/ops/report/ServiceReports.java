package dev.nines.ops.report;

import dev.nines.ops.budget.PrometheusBudgets;
import dev.nines.ops.budget.Uptime;
import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads reports out of a Prometheus. Immutable and thread-safe. */
public final class ServiceReports {

  private final PrometheusClient prometheus;
  private final String selector;
  private final ReliabilityTargets targets;
  private final String service;
  private final Optional<Path> verdicts;

  private ServiceReports(
      PrometheusClient prometheus,
      String selector,
      ReliabilityTargets targets,
      String service,
      Optional<Path> verdicts) {
    this.prometheus = prometheus;
    this.selector = selector;
    this.targets = targets;
    this.service = service;
    this.verdicts = verdicts;
  }

  /**
   * Reads the reports of a service.
   *
   * @param selector label matchers of the service's series, without braces
   */
  public static ServiceReports through(
      PrometheusClient prometheus, String selector, ReliabilityTargets targets, String service) {
    return new ServiceReports(prometheus, selector, targets, service, Optional.empty());
  }

  /** Returns the same, with the verdicts that {@code nines watch} wrote into this directory as YAML. */
  public ServiceReports verdicts(Path directory) {
    return new ServiceReports(prometheus, selector, targets, service, Optional.of(directory));
  }

  /**
   * Reads the report of the time up to {@code to}.
   *
   * @param window 1 h to 366 d
   * @throws IOException if Prometheus does not answer, or the directory of verdicts cannot be read
   */
  public ServiceReport read(Instant to, Duration window) throws IOException, InterruptedException {
    if (window.compareTo(Duration.ofHours(1)) < 0 || window.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException("window: " + window + " (expected: 1 hour to 366 days)");
    }
    Instant from = to.minus(window);
    Traffic traffic = new Traffic(prometheus, selector, targets, from, to);
    Uptime uptime = Uptime.read(prometheus, selector, from, to);
    List<ServiceReport.Incident> incidents = Incidents.find(uptime.outages(), traffic.bursts(), to);
    return new ServiceReport(
        service,
        from,
        to,
        new ServiceReport.Uptime(
            uptime.ratio(), targets.availability().doubleValue(), uptime.down(), uptime.seen()),
        traffic.promises(),
        traffic.quantiles(),
        PrometheusBudgets.read(prometheus, selector, targets, to).stream()
            .map(left -> new ServiceReport.Budget(
                left.objective(), left.routeClass(), left.left(), left.coverage()))
            .toList(),
        incidents,
        Incidents.recovery(incidents, targets.recovery()),
        Deployments.of(
            Versions.seen(prometheus, selector, from, to),
            verdicts.isPresent() ? Verdicts.in(verdicts.get(), from, to) : List.of()),
        traffic.worstRoutes(),
        traffic.throughput(),
        traffic.errorShare(),
        traffic.latencies());
  }
}
