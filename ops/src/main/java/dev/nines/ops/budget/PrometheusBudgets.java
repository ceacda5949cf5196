package dev.nines.ops.budget;

import dev.nines.derive.BurnTier;
import dev.nines.derive.Settings;
import dev.nines.ops.prometheus.PrometheusClient;
import dev.nines.ops.prometheus.Sample;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The error budgets of a whole service, out of a Prometheus. */
public final class PrometheusBudgets {

  /** Points at which it is asked whether there was a sample; a minute apart with 30 days. */
  private static final int POINTS = 43_200;

  private final PrometheusClient prometheus;
  private final String selector;
  private final ReliabilityTargets targets;
  private final Instant now;
  private final Map<Duration, Map<String, double[]>> counts = new HashMap<>();

  private PrometheusBudgets(
      PrometheusClient prometheus, String selector, ReliabilityTargets targets, Instant now) {
    this.prometheus = prometheus;
    this.selector = selector;
    this.targets = targets;
    this.now = now;
  }

  /**
   * Returns what is left of each budget over the declared window; none where Prometheus knows nothing of the service.
   *
   * @param selector label matchers of the service's series, without braces
   */
  public static List<BudgetLeft> read(
      PrometheusClient prometheus, String selector, ReliabilityTargets targets, Instant now)
      throws IOException, InterruptedException {
    return new PrometheusBudgets(prometheus, selector, targets, now).read();
  }

  private List<BudgetLeft> read() throws IOException, InterruptedException {
    List<BudgetLeft> all = new ArrayList<>();
    double coverage = coverage();
    List<BurnTier> tiers = Settings.derive(targets).burnTiers();
    for (Promised promised : Promised.all(targets)) {
      double[] seen = counts(targets.window()).get(promised.key());
      if (seen != null) {
        double spent = share(seen) / promised.allowed() * coverage;
        all.add(new BudgetLeft(
            promised.objective(),
            promised.routeClass(),
            promised.allowed(),
            spent,
            coverage,
            burning(tiers, promised)));
      }
    }
    if (!all.isEmpty()) {
      availability().ifPresent(all::add);
    }
    return all;
  }

  private Optional<BudgetLeft> availability() throws IOException, InterruptedException {
    Uptime uptime = Uptime.read(prometheus, selector, now.minus(targets.window()), now);
    double allowed = 1 - targets.availability().doubleValue();
    double window = targets.window().toMillis();
    return uptime
        .ratio()
        .map(ratio -> new BudgetLeft(
            BudgetLeft.AVAILABILITY,
            Promised.DEFAULT_CLASS,
            allowed,
            uptime.down().toMillis() / (allowed * window),
            uptime.seen().toMillis() / window,
            Optional.empty()));
  }

  private Optional<String> burning(List<BurnTier> tiers, Promised promised)
      throws IOException, InterruptedException {
    for (BurnTier tier : tiers) {
      if (tier.canFire()
          && tier.severity().equals("page")
          && tier.sustained().isZero()
          && tier.objective().equals(promised.objective())
          && tier.routeClass().equals(promised.routeClass())
          && fires(tier, promised)) {
        return Optional.of(Promised.inWords(tier));
      }
    }
    return Optional.empty();
  }

  private boolean fires(BurnTier tier, Promised promised) throws IOException, InterruptedException {
    double[] evidence = counts(tier.longWindow()).getOrDefault(promised.key(), new double[2]);
    double[] recent = counts(tier.shortWindow()).getOrDefault(promised.key(), new double[2]);
    double threshold = tier.threshold().doubleValue();
    // Prometheus extrapolates, so that five are seldom exactly five.
    return evidence[1] > tier.minimumBad() - 0.5
        && share(evidence) >= threshold
        && share(recent) >= threshold;
  }

  private double coverage() throws IOException, InterruptedException {
    Duration step = targets.window().dividedBy(POINTS);
    return prometheus
        .query(
            "count_over_time(max(" + Metrics.REQUESTS_GOOD.name() + "{" + selector + "})["
                + seconds(targets.window()) + ":" + seconds(step) + "]) / " + POINTS,
            now)
        .stream()
        .mapToDouble(Sample::value)
        .map(share -> Math.min(1, share))
        .findFirst()
        .orElse(0);
  }

  /** Returns good and bad requests over a window, by promise. */
  private Map<String, double[]> counts(Duration window) throws IOException, InterruptedException {
    Map<String, double[]> known = counts.get(window);
    if (known != null) {
      return known;
    }
    Map<String, double[]> read = new HashMap<>();
    int place = 0;
    for (Metric counter : Stream.of(Metrics.REQUESTS_GOOD, Metrics.REQUESTS_BAD).toList()) {
      for (Sample sample : prometheus.query(
          "sum by (objective, route_class) (increase(" + counter.name() + "{" + selector + "}["
              + seconds(window) + "]))",
          now)) {
        read.computeIfAbsent(
                    Promised.key(sample.label("objective"), sample.label("route_class")),
                    promise -> new double[2])[place] =
            sample.value();
      }
      place++;
    }
    counts.put(window, read);
    return read;
  }

  private static double share(double[] goodAndBad) {
    double all = goodAndBad[0] + goodAndBad[1];
    return all > 0 ? goodAndBad[1] / all : 0;
  }

  private static String seconds(Duration duration) {
    return Math.max(1, duration.toSeconds()) + "s";
  }
}
