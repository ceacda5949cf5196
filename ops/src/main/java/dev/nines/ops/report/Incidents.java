package dev.nines.ops.report;

import dev.nines.ops.budget.Outage;
import dev.nines.ops.prometheus.Series;
import dev.nines.targets.RecoveryTargets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes incidents of what was seen: what touches, or nearly does, is one. */
final class Incidents {

  private static final String NOT_READY = "not ready";
  private static final String ERRORS = "errors";

  /** A pause as short as this ends nothing. */
  private static final Duration BREATH = Duration.ofMinutes(5);

  private Incidents() {}

  static List<ServiceReport.Incident> find(
      List<Outage> outages, List<Series.Point> bursts, Instant to) {
    List<ServiceReport.Incident> single = new ArrayList<>();
    outages.forEach(outage -> single.add(new ServiceReport.Incident(
        outage.from(), outage.to(), NOT_READY, 0, !outage.to().isBefore(to))));
    bursts(bursts, to).forEach(single::add);
    single.sort(Comparator.comparing(ServiceReport.Incident::from));
    List<ServiceReport.Incident> merged = new ArrayList<>();
    for (ServiceReport.Incident next : single) {
      int last = merged.size() - 1;
      if (last >= 0 && !next.from().isAfter(merged.get(last).to().plus(BREATH))) {
        merged.set(last, together(merged.get(last), next));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  /** A window that has seen a failure goes on seeing it, so it is over a window before the last that did. */
  private static List<ServiceReport.Incident> bursts(List<Series.Point> points, Instant to) {
    List<ServiceReport.Incident> all = new ArrayList<>();
    int at = 0;
    while (at < points.size()) {
      int last = at;
      double worst = points.get(at).value();
      while (last + 1 < points.size()
          && Duration.between(points.get(last).at(), points.get(last + 1).at()).compareTo(BREATH)
              <= 0) {
        last++;
        worst = Math.max(worst, points.get(last).value());
      }
      Instant from = points.get(at).at().minus(Traffic.MINUTE);
      Instant lastSeen = points.get(last).at();
      boolean ongoing = !lastSeen.plus(Traffic.MINUTE).isBefore(to);
      Instant over = ongoing ? to : lastSeen.minus(Traffic.BURST).plus(Traffic.MINUTE);
      all.add(new ServiceReport.Incident(
          from, over.isAfter(from) ? over : from.plus(Traffic.MINUTE), ERRORS, worst, ongoing));
      at = last + 1;
    }
    return all;
  }

  private static ServiceReport.Incident together(
      ServiceReport.Incident one, ServiceReport.Incident other) {
    return new ServiceReport.Incident(
        one.from(),
        one.to().isAfter(other.to()) ? one.to() : other.to(),
        one.kind().contains(other.kind()) ? one.kind() : NOT_READY + ", " + ERRORS,
        Math.max(one.worst(), other.worst()),
        one.ongoing() || other.ongoing());
  }

  static ServiceReport.Recovery recovery(
      List<ServiceReport.Incident> incidents, RecoveryTargets targets) {
    List<Duration> lengths = incidents.stream()
        .filter(incident -> !incident.ongoing())
        .map(ServiceReport.Incident::length)
        .toList();
    Optional<Duration> mean =
        lengths.stream().reduce(Duration::plus).map(sum -> sum.dividedBy(lengths.size()));
    int within = (int) lengths.stream()
        .filter(length -> length.compareTo(targets.restore()) <= 0)
        .count();
    return new ServiceReport.Recovery(
        targets.restore(),
        targets.rto(),
        within,
        lengths.size(),
        mean,
        lengths.stream().max(Comparator.naturalOrder()));
  }
}
