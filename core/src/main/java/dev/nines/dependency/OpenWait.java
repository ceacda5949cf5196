package dev.nines.dependency;

import dev.nines.derive.DependencySettings;
import io.github.resilience4j.core.IntervalFunction;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How long a breaker stays open at its n-th opening in a row: the first wait, doubled each time up to the longest, then
 * moved by the jitter, so that instances that opened together don't try again together.
 *
 * <p>Guarded by the lock of the {@link Breaker} that owns it.
 */
final class OpenWait implements IntervalFunction {

  private final DependencySettings settings;
  private final DoubleSupplier random;
  private long latestMillis;

  /**
   * @param random evenly distributed in [0, 1)
   */
  OpenWait(DependencySettings settings, DoubleSupplier random) {
    this.settings = settings;
    this.random = random;
  }

  /** Returns milliseconds, at least 1. */
  @Override
  public Long apply(Integer opening) {
    double doubled = settings.openWait().toMillis() * Math.pow(2, opening - 1);
    double capped = Math.min(doubled, settings.openWaitMost().toMillis());
    double jitter = settings.openWaitJitter() * (2 * random.getAsDouble() - 1);
    latestMillis = Math.max(1, Math.round(capped * (1 + jitter)));
    return latestMillis;
  }

  /** Returns the wait that was given last, in nanoseconds. */
  long latestNanos() {
    return TimeUnit.MILLISECONDS.toNanos(latestMillis);
  }
}
