package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketLayoutTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final BucketLayout layout = BucketLayout.ofDurations(200 * MILLI, 500 * MILLI, SECOND);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 122_070, 122_071, 1_000_000, 199_999_999, 200_000_000, 200_000_001})
  void aDurationLiesInTheNativeBucketOfItsSize(long nanos) {
    long[] counts = counted(nanos);
    double seconds = nanos / 1e9;
    if (seconds <= BucketLayout.ZERO) {
      assertThat(layout.zeroCount(counts)).isEqualTo(1);
      assertThat(layout.nativeBuckets(counts).size()).isZero();
    } else {
      NativeHistogramBuckets buckets = layout.nativeBuckets(counts);
      assertThat(layout.zeroCount(counts)).isZero();
      assertThat(buckets.size()).isEqualTo(1);
      double upper = Math.pow(2, buckets.getBucketIndex(0) / 8.0);
      assertThat(seconds).isLessThanOrEqualTo(upper).isGreaterThan(upper / Math.pow(2, 1 / 8.0));
    }
  }

  @Test
  void aBoundBelongsToItsBucketAndANanosecondMoreDoesNot() {
    assertThat(layout.classicCounts(counted(200 * MILLI))).containsExactly(1, 0, 0, 0);
    assertThat(layout.classicCounts(counted(200 * MILLI + 1))).containsExactly(0, 1, 0, 0);
    assertThat(layout.classicCounts(counted(SECOND))).containsExactly(0, 0, 1, 0);
    assertThat(layout.classicCounts(counted(SECOND + 1))).containsExactly(0, 0, 0, 1);
  }

  @Test
  void everyValueLiesInTheFirstCellThatReachesIt() {
    BucketLayout numbers = BucketLayout.ofNumbers(1, 2, 3, 4, 5, 100, 101, 102, 1L << 50);
    for (int bit = 0; bit < Long.SIZE - 1; bit++) {
      for (int part = 0; part < 32; part++) {
        long value = (1L << bit) + ((1L << bit) / 32) * part;
        for (long near = value - 2; near <= value + 2 && near > 0; near++) {
          assertThat(layout.cell(near)).isEqualTo(firstReaching(layout, near));
          assertThat(numbers.cell(near)).isEqualTo(firstReaching(numbers, near));
        }
      }
    }
    assertThat(numbers.cell(0)).isZero();
    assertThat(numbers.cell(-1)).isZero();
    assertThat(numbers.cell(Long.MAX_VALUE)).isEqualTo(numbers.cells() - 1);
  }

  private static int firstReaching(BucketLayout of, long value) {
    int found = Arrays.binarySearch(of.bounds(), value);
    return found >= 0 ? found : -found - 1;
  }

  @Test
  void whatLastsLongerThanAnythingIsCountedToo() {
    long[] counts = counted(Long.MAX_VALUE);

    assertThat(layout.classicCounts(counts)).containsExactly(0, 0, 0, 1);
    assertThat(layout.nativeBuckets(counts).getBucketIndex(0)).isEqualTo(12 * 8 + 1);
  }

  @Test
  void bothViewsHoldTheSameDurations() {
    long[] counts = new long[layout.cells()];
    for (long nanos = 1; nanos < 100 * SECOND; nanos = nanos * 11 / 10 + 1) {
      counts[layout.cell(nanos)]++;
    }
    long all = Arrays.stream(counts).sum();
    NativeHistogramBuckets buckets = layout.nativeBuckets(counts);

    assertThat(Arrays.stream(layout.classicCounts(counts)).sum()).isEqualTo(all);
    assertThat(layout.zeroCount(counts)
            + buckets.stream().mapToLong(bucket -> bucket.getCount()).sum())
        .isEqualTo(all);
  }

  @Test
  void numbersHaveClassicBucketsOnly() {
    BucketLayout sizes = BucketLayout.ofNumbers(256, 4096);
    long[] counts = new long[sizes.cells()];
    for (long bytes : new long[] {0, 256, 257, 4096, 4097, Long.MAX_VALUE}) {
      counts[sizes.cell(bytes)]++;
    }

    assertThat(sizes.classicCounts(counts)).containsExactly(2, 2, 2);
    assertThat(sizes.uppers()).containsExactly(256, 4096, Double.POSITIVE_INFINITY);
    assertThat(sizes.nativeBuckets(counts).size()).isZero();
    assertThat(sizes.zeroCount(counts)).isZero();
  }

  @Test
  void aSeriesTakesUnderTwoKilobytes() {
    BucketLayout derived = BucketLayout.ofDurations(
        5 * MILLI,
        10 * MILLI,
        25 * MILLI,
        50 * MILLI,
        100 * MILLI,
        200 * MILLI,
        500 * MILLI,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND);

    assertThat(derived.cells() * Long.BYTES).isLessThan(1_800);
  }

  private long[] counted(long nanos) {
    long[] counts = new long[layout.cells()];
    counts[layout.cell(nanos)]++;
    return counts;
  }
}
