package dev.nines.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.distribution.HistogramSupport;
import java.util.Arrays;

/** How many series a meter is for a scraper. */
final class SeriesCount {

  /** The bucket {@code +Inf}, the sum and the count. */
  private static final int BESIDE_BUCKETS = 3;

  private static final int SUM_AND_COUNT = 2;

  private SeriesCount() {}

  /** Returns the series of a histogram of ours, which has no maximum. */
  static int ofHistogram(int bounds) {
    return bounds + BESIDE_BUCKETS;
  }

  static int of(Meter meter, boolean withMaximum) {
    return meter.match(
        gauge -> 1,
        counter -> 1,
        timer -> distribution(timer, withMaximum),
        summary -> distribution(summary, withMaximum),
        longTask -> distribution(longTask, withMaximum),
        timeGauge -> 1,
        functionCounter -> 1,
        functionTimer -> SUM_AND_COUNT,
        SeriesCount::measurements);
  }

  private static int distribution(HistogramSupport meter, boolean withMaximum) {
    HistogramSnapshot now = meter.takeSnapshot();
    int buckets = (int) Arrays.stream(now.histogramCounts())
        .filter(bucket -> Double.isFinite(bucket.bucket()))
        .count();
    int parts = buckets > 0 ? ofHistogram(buckets) : SUM_AND_COUNT + now.percentileValues().length;
    return withMaximum ? parts + 1 : parts;
  }

  private static int measurements(Meter meter) {
    int count = 0;
    for (var measurement : meter.measure()) {
      count++;
    }
    return count;
  }
}
