package dev.nines.metrics;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Metric;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/**
 * Reads an instrument so that its failure costs only its own value: a gauge says that it is not a number, a counter stays
 * where it stood, as it does while its source does not know. The first failure is told. Thread-safe.
 */
final class Reading {

  private final Metric metric;
  private final DoubleSupplier source;
  private final boolean counter;
  private final EventBus events;
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile double last;

  Reading(Instrument instrument, EventBus events) {
    this.metric = instrument.metric();
    this.source = instrument.value();
    this.counter = metric.type() == Metric.Type.COUNTER;
    this.events = events;
  }

  double value() {
    try {
      return known(source.getAsDouble());
    } catch (RuntimeException e) {
      tell(e);
      return known(Double.NaN);
    }
  }

  private double known(double value) {
    if (!counter) {
      return value;
    }
    // Most counters of a scrape stand still, and a write that others must see costs more than the
    // rest of this.
    if (!Double.isNaN(value) && value != last) {
      last = value;
    }
    return last;
  }

  private void tell(RuntimeException cause) {
    if (failed.compareAndSet(false, true)) {
      events.publish(new Event(
          "metric_failed",
          System.Logger.Level.WARNING,
          "A metric cannot be read; further failures of it are not told",
          Map.of("metric", metric.name()),
          cause));
    }
  }
}
