package dev.nines.metrics;

import io.micrometer.core.instrument.AbstractDistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.NoopHistogram;

/** A summary of ours: a histogram of whole numbers. Thread-safe. */
final class HistogramSummary extends AbstractDistributionSummary {

  private final HistogramSeries series;

  HistogramSummary(Meter.Id id, HistogramSeries series) {
    super(id, 1, NoopHistogram.INSTANCE);
    this.series = series;
  }

  @Override
  protected void recordNonNegative(double amount) {
    series.record((long) amount);
  }

  @Override
  public long count() {
    return series.count();
  }

  @Override
  public double totalAmount() {
    return series.total();
  }

  /** Returns that there is none: a maximum is of a window that no scraper knows. */
  @Override
  public double max() {
    return Double.NaN;
  }

  @Override
  public HistogramSnapshot takeSnapshot() {
    return series.snapshot();
  }
}
