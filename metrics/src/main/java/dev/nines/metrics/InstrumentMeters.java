package dev.nines.metrics;

import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Metric;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Renders the instruments of all features as meters of the same name, help and labels. Thread-safe. */
final class InstrumentMeters {

  private final MeterRegistry registry;
  private final FilteredMeters filtered;
  private final EventBus events;

  /** Kept, for Micrometer refers to what it reads weakly. */
  private final List<Reading> readings = new CopyOnWriteArrayList<>();

  InstrumentMeters(MeterRegistry registry, FilteredMeters filtered, EventBus events) {
    this.registry = registry;
    this.filtered = filtered;
    this.events = events;
  }

  void render(Instrument instrument) {
    Metric metric = instrument.metric();
    Reading reading = new Reading(instrument, events);
    readings.add(reading);
    List<Tag> tags = MeterName.tags(metric, instrument.labelValues());
    Meter meter = metric.type() == Metric.Type.COUNTER
        ? counter(metric, reading, tags)
        : gauge(metric, reading, tags);
    filtered.inspect(metric, meter, tags);
  }

  private Meter counter(Metric metric, Reading reading, List<Tag> tags) {
    return FunctionCounter.builder(MeterName.of(metric), reading, Reading::value)
        .description(metric.help())
        .baseUnit(unit(metric))
        .tags(tags)
        .register(registry);
  }

  private Meter gauge(Metric metric, Reading reading, List<Tag> tags) {
    return Gauge.builder(MeterName.of(metric), reading, Reading::value)
        .description(metric.help())
        .baseUnit(unit(metric))
        .tags(tags)
        .register(registry);
  }

  private static @Nullable String unit(Metric metric) {
    return metric.unit().isEmpty() ? null : metric.unit();
  }
}
