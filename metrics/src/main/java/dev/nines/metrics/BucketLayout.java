package dev.nines.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The cells of a histogram that can be read as classic buckets, those of durations also as a native histogram. The bounds
 * of both lie between cells, so that one count serves both and they never disagree.
 *
 * <p>The native buckets grow by 2^(1/8), which is Prometheus' schema 3: a quantile is off by 4.4 % at most. They reach from
 * 122 µs (2^-13 s), below which all is zero, to 68 min (2^12 s); with classic bounds that is some 210 cells, 1.7 KB per
 * series, see {@link StripedCells}. Immutable and thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/specs/native_histograms/">Prometheus: native histograms</a>
 */
final class BucketLayout {

  static final int SCHEMA = 3;
  private static final int PER_DOUBLING = 1 << SCHEMA;
  private static final int LOWEST = -13 * PER_DOUBLING;
  private static final int HIGHEST = 12 * PER_DOUBLING;
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** What is at most as long counts as zero. */
  static final double ZERO = bound(LOWEST);

  /** Each doubling in so many equal steps, of which each has a few cells at most. */
  private static final int STEPS = 8;

  private static final int STEP_BITS = 3;

  private final long[] classic;
  private final double perBaseUnit;
  private final long[] upper;

  /** The lowest cell that a value of each step may be in. */
  private final short[] lowest;

  /** Of each cell; empty without native buckets. */
  private final int[] nativeIndex;

  /** How many cells lie in each classic bucket and those below, {@code +Inf} last. */
  private final int[] cellsUpTo;

  private final byte[][] le;

  private BucketLayout(long[] classic, LongStream others, double perBaseUnit) {
    this.classic = classic.clone();
    this.perBaseUnit = perBaseUnit;
    this.upper =
        LongStream.concat(others, Arrays.stream(classic)).sorted().distinct().toArray();
    this.lowest = lowest(upper);
    this.cellsUpTo = new int[classic.length + 1];
    this.le = new byte[classic.length + 1][];
    for (int bucket = 0; bucket <= classic.length; bucket++) {
      boolean last = bucket == classic.length;
      cellsUpTo[bucket] = last ? cells() : cell(classic[bucket]) + 1;
      String text = last ? "+Inf" : Double.toString(upper(bucket));
      le[bucket] = ExpositionWriter.bytes("le=\"" + text + "\"} ");
    }
    this.nativeIndex = perBaseUnit == NANOS_PER_SECOND ? nativeIndex(upper) : new int[0];
  }

  /** @param classicNanos bounds of the classic buckets, rising, {@code +Inf} left out */
  static BucketLayout ofDurations(long... classicNanos) {
    LongStream exponential = LongStream.rangeClosed(LOWEST, HIGHEST)
        .map(i -> (long) Math.floor(bound((int) i) * NANOS_PER_SECOND));
    return new BucketLayout(classicNanos, exponential, NANOS_PER_SECOND);
  }

  /** @param classicBounds bounds of the classic buckets, rising, {@code +Inf} left out; there are no native ones */
  static BucketLayout ofNumbers(long... classicBounds) {
    return new BucketLayout(classicBounds, LongStream.empty(), 1);
  }

  private static int[] nativeIndex(long... upper) {
    int[] indexes = new int[upper.length + 1];
    int index = LOWEST;
    for (int cell = 0; cell < upper.length; cell++) {
      while (Math.floor(bound(index) * NANOS_PER_SECOND) < upper[cell]) {
        index++;
      }
      indexes[cell] = index;
    }
    indexes[upper.length] = index + 1;
    return indexes;
  }

  int cells() {
    return upper.length + 1;
  }

  /** Returns the upper bounds of the cells, {@code +Inf} left out. */
  long[] bounds() {
    return upper.clone();
  }

  /** Returns the cell that counts a value; a search by halves would guess wrong every other time. */
  int cell(long value) {
    int cell = lowest[step(value)];
    while (cell < upper.length && upper[cell] < value) {
      cell++;
    }
    return cell;
  }

  private static short[] lowest(long... upper) {
    short[] cells = new short[Long.SIZE * STEPS];
    for (int step = 0; step < cells.length; step++) {
      int found = Arrays.binarySearch(upper, leastOf(step));
      cells[step] = (short) (found >= 0 ? found : -found - 1);
    }
    return cells;
  }

  private static int step(long value) {
    if (value < STEPS) {
      return (int) Math.max(0, value);
    }
    int doubling = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    return doubling * STEPS + (int) (value >>> doubling - STEP_BITS & STEPS - 1);
  }

  private static long leastOf(int step) {
    int doubling = step / STEPS;
    return doubling < STEP_BITS ? step : (long) (STEPS + step % STEPS) << doubling - STEP_BITS;
  }

  /** Returns the bounds of the classic buckets, {@code +Inf} left out. */
  long[] classic() {
    return classic.clone();
  }

  /** Returns how many classic buckets there are, {@code +Inf} among them. */
  int buckets() {
    return le.length;
  }

  int cellsUpTo(int bucket) {
    return cellsUpTo[bucket];
  }

  /** Returns the last label of a bucket, what ends the labels, and the blank before the value. */
  byte[] le(int bucket) {
    return le[bucket];
  }

  double lower(int bucket) {
    return bucket == 0 ? Double.NEGATIVE_INFINITY : upper(bucket - 1);
  }

  /** Returns the bound of a classic bucket in the base unit, that of the last is infinite. */
  double upper(int bucket) {
    return bucket == classic.length ? Double.POSITIVE_INFINITY : inBaseUnit(classic[bucket]);
  }

  double[] uppers() {
    return IntStream.range(0, buckets()).mapToDouble(this::upper).toArray();
  }

  double inBaseUnit(double value) {
    return value / perBaseUnit;
  }

  int schema() {
    return isNative() ? SCHEMA : HistogramSnapshot.CLASSIC_HISTOGRAM;
  }

  double zeroThreshold() {
    return isNative() ? ZERO : 0;
  }

  private boolean isNative() {
    return nativeIndex.length > 0;
  }

  /** Returns how many of the counts lie in each classic bucket, {@code +Inf} last. */
  long[] classicCounts(long[] counts) {
    long[] classicCounts = new long[buckets()];
    int cell = 0;
    for (int bucket = 0; bucket < classicCounts.length; bucket++) {
      for (; cell < cellsUpTo[bucket]; cell++) {
        classicCounts[bucket] += counts[cell];
      }
    }
    return classicCounts;
  }

  ClassicHistogramBuckets classicBuckets(long[] counts) {
    return ClassicHistogramBuckets.of(uppers(), classicCounts(counts));
  }

  long zeroCount(long[] counts) {
    long zeros = 0;
    for (int cell = 0; cell < nativeIndex.length && nativeIndex[cell] <= LOWEST; cell++) {
      zeros += counts[cell];
    }
    return zeros;
  }

  /** Returns the native buckets that hold something. */
  NativeHistogramBuckets nativeBuckets(long[] counts) {
    NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
    long inBucket = 0;
    for (int cell = 0; cell < nativeIndex.length; cell++) {
      inBucket += counts[cell];
      boolean last = cell + 1 == nativeIndex.length || nativeIndex[cell + 1] != nativeIndex[cell];
      if (last) {
        if (inBucket > 0 && nativeIndex[cell] > LOWEST) {
          buckets.bucket(nativeIndex[cell], inBucket);
        }
        inBucket = 0;
      }
    }
    return buckets.build();
  }

  private static double bound(int index) {
    return Math.pow(2, (double) index / PER_DOUBLING);
  }
}
