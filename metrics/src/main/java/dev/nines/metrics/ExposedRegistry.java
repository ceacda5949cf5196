package dev.nines.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What others register, and beside it our own metrics, which have their names for themselves: a metric of another that is
 * called like one of ours is left out, for a scraper would refuse the whole. Thread-safe.
 */
final class ExposedRegistry extends PrometheusRegistry {

  private final OwnFamilies ours;

  ExposedRegistry(OwnFamilies ours) {
    this.ours = ours;
  }

  /** Returns the metrics of others that have names of their own; the client asks for each family's name before it reads it. */
  MetricSnapshots others(ScrapePace pace) {
    Predicate<String> all = name -> {
      pace.rest();
      return true;
    };
    return new MetricSnapshots(apart(super.scrape(all)).toList());
  }

  /** Returns all metrics, also those that are left out. */
  List<MetricSnapshot> all() {
    return Stream.concat(ours.collect().stream(), super.scrape().stream()).toList();
  }

  @Override
  public MetricSnapshots scrape() {
    return together(ours.collect().stream(), super.scrape());
  }

  @Override
  public MetricSnapshots scrape(Predicate<String> names) {
    return together(
        ours.collect().stream().filter(own -> names.test(name(own))), super.scrape(names));
  }

  private MetricSnapshots together(Stream<MetricSnapshot> own, MetricSnapshots others) {
    return new MetricSnapshots(Stream.concat(own, apart(others)).toList());
  }

  private Stream<MetricSnapshot> apart(MetricSnapshots others) {
    return others.stream().filter(other -> !ours.has(name(other)));
  }

  private static String name(MetricSnapshot metric) {
    return metric.getMetadata().getPrometheusName();
  }
}
