package dev.nines.metrics;

import io.micrometer.core.instrument.AbstractMeter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import java.util.function.DoubleSupplier;

/** A counter whose value a supplier tells, which never throws. Thread-safe. */
final class SuppliedCounter extends AbstractMeter implements FunctionCounter {

  private final DoubleSupplier value;

  SuppliedCounter(Meter.Id id, DoubleSupplier value) {
    super(id);
    this.value = value;
  }

  @Override
  public double count() {
    return value.getAsDouble();
  }
}
