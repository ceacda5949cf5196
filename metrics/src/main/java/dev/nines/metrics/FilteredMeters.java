package dev.nines.metrics;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Metric;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.noop.NoopMeter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Remembers which of our metrics a registry's filters dropped or renamed. Alert rules and dashboards read the catalogue's
 * names, so a filter that changes them makes them silent; that is said once, at start. Thread-safe.
 */
final class FilteredMeters {

  private final List<MeterRegistry> several;
  private final Set<String> changed = new TreeSet<>();
  private boolean reported;

  FilteredMeters(MeterRegistry registry) {
    this.several =
        registry instanceof CompositeMeterRegistry ? Registries.of(registry).toList() : List.of();
  }

  /** Compares a registered meter with what was asked for; further tags on it are fine. After the report it is done. */
  synchronized void inspect(Metric metric, Meter registered, Collection<Tag> tags) {
    if (!reported && (changes(metric, registered, tags) || oneLacks(metric, tags))) {
      changed.add(metric.name());
    }
  }

  private static boolean changes(Metric metric, Meter registered, Collection<Tag> tags) {
    Meter.Id id = registered.getId();
    return registered instanceof NoopMeter
        || !id.getName().equals(MeterName.of(metric))
        || !id.getTags().containsAll(tags);
  }

  /** Of several registries each has its own filters, which the meter of all of them doesn't know. */
  private boolean oneLacks(Metric metric, Collection<Tag> tags) {
    return several.stream()
        .anyMatch(each -> each.find(MeterName.of(metric)).tags(tags).meter() == null);
  }

  /** Says that a metric's buckets are not the derived ones. */
  synchronized void rebucketed(Metric metric) {
    changed.add(metric.name());
  }

  synchronized void report(EventBus events) {
    reported = true;
    if (!changed.isEmpty()) {
      events.publish(new Event(
          "metrics_filtered",
          System.Logger.Level.WARNING,
          "A MeterFilter drops or changes metrics that alert rules and dashboards read; let them pass unchanged",
          Map.of("metrics", List.copyOf(changed))));
    }
  }
}
