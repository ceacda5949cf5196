package dev.nines.metrics;

import io.micrometer.core.instrument.AbstractTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import java.util.concurrent.TimeUnit;

/** A timer of ours: a histogram of nanoseconds. Thread-safe. */
final class HistogramTimer extends AbstractTimer {

  private final HistogramSeries series;

  HistogramTimer(Meter.Id id, Clock clock, PauseDetector pauses, HistogramSeries series) {
    super(id, clock, pauses, TimeUnit.SECONDS, NoopHistogram.INSTANCE);
    this.series = series;
  }

  @Override
  protected void recordNonNegative(long amount, TimeUnit unit) {
    series.record(unit.toNanos(amount));
  }

  @Override
  public long count() {
    return series.count();
  }

  @Override
  public double totalTime(TimeUnit unit) {
    return series.total() / unit.toNanos(1);
  }

  /** Returns that there is none: a maximum is of a window that no scraper knows. */
  @Override
  public double max(TimeUnit unit) {
    return Double.NaN;
  }

  @Override
  public HistogramSnapshot takeSnapshot() {
    return series.snapshot();
  }
}
