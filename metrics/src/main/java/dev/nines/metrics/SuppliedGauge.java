package dev.nines.metrics;

import io.micrometer.core.instrument.AbstractMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import java.util.function.DoubleSupplier;

/** A gauge whose value a supplier tells, which never throws. Thread-safe. */
final class SuppliedGauge extends AbstractMeter implements Gauge {

  private final DoubleSupplier value;

  SuppliedGauge(Meter.Id id, DoubleSupplier value) {
    super(id);
    this.value = value;
  }

  @Override
  public double value() {
    return value.getAsDouble();
  }
}
