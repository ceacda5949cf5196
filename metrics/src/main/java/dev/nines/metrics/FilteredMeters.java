package dev.nines.metrics;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Metric;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
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

  private final Set<String> changed = new TreeSet<>();

  /** Compares a registered meter with what was asked for; further tags on it are fine. */
  synchronized void inspect(Metric metric, Meter registered, Collection<Tag> tags) {
    Meter.Id id = registered.getId();
    if (registered instanceof NoopMeter
        || !id.getName().equals(MeterName.of(metric))
        || !id.getTags().containsAll(tags)) {
      changed.add(metric.name());
    }
  }

  /** Says that a metric's buckets are not the derived ones. */
  synchronized void rebucketed(Metric metric) {
    changed.add(metric.name());
  }

  synchronized void report(EventBus events) {
    if (!changed.isEmpty()) {
      events.publish(new Event(
          "metrics_filtered",
          System.Logger.Level.WARNING,
          "A MeterFilter drops or changes metrics that alert rules and dashboards read; let them pass unchanged",
          Map.of("metrics", List.copyOf(changed))));
    }
  }
}
