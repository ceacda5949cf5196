package dev.nines.metrics;

import dev.nines.telemetry.Durations;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Metric;
import dev.nines.telemetry.Renderer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Renders the instruments of all features as meters of the same name, help and labels. Thread-safe. */
final class InstrumentMeters implements Renderer {

  private static final String SECONDS = "seconds";

  private final MeterRegistry registry;
  private final SeriesBudget budget;
  private final DurationTimers timers;
  private final FilteredMeters filtered;
  private final EventBus events;

  /** Kept, for Micrometer refers to what it reads weakly. */
  private final List<Reading> readings = new CopyOnWriteArrayList<>();

  InstrumentMeters(
      MeterRegistry registry,
      SeriesBudget budget,
      DurationTimers timers,
      FilteredMeters filtered,
      EventBus events) {
    this.registry = registry;
    this.budget = budget;
    this.timers = timers;
    this.filtered = filtered;
    this.events = events;
  }

  @Override
  public void render(Instrument instrument) {
    Metric metric = instrument.metric();
    budget.claim(metric);
    Reading reading = new Reading(instrument, events);
    readings.add(reading);
    List<Tag> tags = MeterName.tags(metric, instrument.labelValues());
    Meter meter = metric.type() == Metric.Type.COUNTER
        ? counter(metric, reading, tags)
        : gauge(metric, reading, tags);
    filtered.inspect(metric, meter, tags);
  }

  @Override
  public LongConsumer durations(Durations series) {
    Timer timer =
        timers.timer(series.metric(), series.bounds(), series.labelValues().toArray(String[]::new));
    return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean hasRoom(int series) {
    return budget.hasRoom(series);
  }

  private Meter counter(Metric metric, Reading reading, List<Tag> tags) {
    return FunctionCounter.builder(MeterName.of(metric), reading, Reading::value)
        .description(metric.help())
        .baseUnit(unit(metric))
        .tags(tags)
        .register(registry);
  }

  /** A time is Micrometer's own kind of gauge, in which another binder may hold the same one. */
  private Meter gauge(Metric metric, Reading reading, List<Tag> tags) {
    if (metric.unit().equals(SECONDS)) {
      return TimeGauge.builder(MeterName.of(metric), reading, TimeUnit.SECONDS, Reading::value)
          .description(metric.help())
          .tags(tags)
          .register(registry);
    }
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
