package dev.nines.metrics;

import io.micrometer.core.instrument.AbstractMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import java.util.function.DoubleSupplier;

/** A gauge that is read from a function, which never throws. Thread-safe. */
final class FunctionGauge extends AbstractMeter implements Gauge {

  private final DoubleSupplier value;

  FunctionGauge(Meter.Id id, DoubleSupplier value) {
    super(id);
    this.value = value;
  }

  @Override
  public double value() {
    return value.getAsDouble();
  }
}
