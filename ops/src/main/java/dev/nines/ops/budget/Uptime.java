package dev.nines.ops.budget;

import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.ops.prometheus.Series;
import dev.nines.telemetry.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a service was up: a moment is good when at least one instance is ready. Moments at which nothing is known count as
 * bad, but for those before the service was first seen.
 *
 * @param from begin of what was asked for
 * @param to its end
 * @param firstSeen when it was first seen in it; empty if never
 * @param outages when it was not up, in order
 */
public record Uptime(Instant from, Instant to, Optional<Instant> firstSeen, List<Outage> outages) {

  private static final Duration FINE = Duration.ofSeconds(15);
  private static final Duration COARSE = Duration.ofMinutes(1);
  private static final Duration FINE_UP_TO = Duration.ofDays(8);

  public Uptime {
    outages = List.copyOf(outages);
  }

  /**
   * Reads it out of Prometheus: to 15 s, beyond 8 days to the minute.
   *
   * @param selector label matchers of the service's series, without braces
   */
  public static Uptime read(PrometheusClient prometheus, String selector, Instant from, Instant to)
      throws IOException, InterruptedException {
    Duration step = Duration.between(from, to).compareTo(FINE_UP_TO) > 0 ? COARSE : FINE;
    Reading reading = new Reading(step);
    Duration stretch = step.multipliedBy(PrometheusClient.MOST_POINTS - 1L);
    for (Instant begin = from; begin.isBefore(to); begin = begin.plus(stretch).plus(step)) {
      Instant end = begin.plus(stretch).isBefore(to) ? begin.plus(stretch) : to;
      for (Series series : prometheus.queryRange(
          "max(" + Metrics.READY.name() + "{" + selector + "})", begin, end, step)) {
        series.points().forEach(reading::take);
      }
    }
    return reading.uptime(from, to);
  }

  /** Returns the time that was seen. */
  public Duration seen() {
    return firstSeen.map(first -> Duration.between(first, to)).orElse(Duration.ZERO);
  }

  /** Returns the time in which it was not up. */
  public Duration down() {
    return outages.stream().map(Outage::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** Returns the share of the time seen in which it was up; empty if it was not seen. */
  public Optional<Double> ratio() {
    double seconds = seen().toMillis() / 1e3;
    return seconds > 0 ? Optional.of(1 - down().toMillis() / 1e3 / seconds) : Optional.empty();
  }

  /** Goes through the moments one by one. */
  private static final class Reading {

    private final Duration step;
    private final List<Outage> outages = new ArrayList<>();
    private Optional<Instant> first = Optional.empty();
    private Instant upUntil = Instant.MIN;

    Reading(Duration step) {
      this.step = step;
    }

    /** A moment speaks for the step behind it; what is ready again was down until then. */
    void take(Series.Point point) {
      boolean up = point.value() >= 1;
      if (first.isEmpty()) {
        first = Optional.of(point.at());
        upUntil = point.at();
      }
      if (up) {
        close(point.at());
        upUntil = point.at().plus(step);
      }
    }

    private void close(Instant until) {
      if (until.isAfter(upUntil)) {
        outages.add(new Outage(upUntil, until));
      }
    }

    Uptime uptime(Instant from, Instant to) {
      if (first.isPresent()) {
        close(to);
      }
      return new Uptime(from, to, first, outages);
    }
  }
}
