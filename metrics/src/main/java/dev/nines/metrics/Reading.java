package dev.nines.metrics;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Metric;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads an instrument so that its failure costs only its own value: a gauge says that it is not a number, a counter stays
 * where it stood, as it does while its source does not know. The first failure is told. Thread-safe.
 */
final class Reading {

  private final Instrument instrument;
  private final EventBus events;
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile double last;

  Reading(Instrument instrument, EventBus events) {
    this.instrument = instrument;
    this.events = events;
  }

  double value() {
    try {
      return known(instrument.value().getAsDouble());
    } catch (RuntimeException e) {
      tell(e);
      return known(Double.NaN);
    }
  }

  private double known(double value) {
    if (instrument.metric().type() == Metric.Type.COUNTER) {
      if (Double.isNaN(value)) {
        return last;
      }
      last = value;
    }
    return value;
  }

  private void tell(RuntimeException cause) {
    if (failed.compareAndSet(false, true)) {
      Metric metric = instrument.metric();
      events.publish(new Event(
          "metric_failed",
          System.Logger.Level.WARNING,
          "A metric cannot be read; further failures of it are not told",
          Map.of("metric", metric.name()),
          cause));
    }
  }
}
