package dev.nines.meter;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is: how many, how much, how full. Zero until it is set.
 *
 * <p>Thread-safe; recording takes no lock and allocates nothing.
 */
public final class Gauge {

  /** The value's bits; all zero is 0.0. */
  private final AtomicLong bits = new AtomicLong();

  private final AtomicReference<@Nullable DoubleSupplier> source = new AtomicReference<>();

  Gauge() {}

  public void set(double value) {
    bits.set(Double.doubleToRawLongBits(value));
  }

  /** Adds an amount, which may be negative. */
  public void add(double amount) {
    long before;
    long after;
    do {
      before = bits.get();
      after = Double.doubleToRawLongBits(Double.longBitsToDouble(before) + amount);
    } while (!bits.weakCompareAndSetVolatile(before, after));
  }

  /**
   * Takes its value from {@code values} from now on, whatever is set. It is read at each scrape, by the scraper's thread,
   * and must not block; where it throws, the value is not a number.
   *
   * @throws IllegalStateException if it follows something already
   */
  public void follow(DoubleSupplier values) {
    if (!source.compareAndSet(null, values)) {
      throw new IllegalStateException(
          "gauge: follows something already (expected: one source for each series)");
    }
  }

  /** Returns the value now. */
  public double value() {
    DoubleSupplier followed = source.get();
    return followed == null ? Double.longBitsToDouble(bits.get()) : followed.getAsDouble();
  }
}
