package dev.nines.ops.verdict;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Durations in the cumulative buckets of a histogram.
 *
 * @param atMost how many took at most so many seconds, by that bound, the infinite one included
 */
record Buckets(SortedMap<Double, Double> atMost) {

  static final Buckets NONE = new Buckets(new TreeMap<>());

  Buckets {
    atMost = Collections.unmodifiableSortedMap(new TreeMap<>(atMost));
  }

  /** Returns how far a counter rose; one that fell began anew at zero. */
  static double rise(double earlier, double later) {
    return later >= earlier ? later - earlier : later;
  }

  Buckets plus(Buckets other) {
    SortedMap<Double, Double> sum = new TreeMap<>(atMost);
    other.atMost.forEach((bound, count) -> sum.merge(bound, count, Double::sum));
    return new Buckets(sum);
  }

  Buckets since(Buckets earlier) {
    SortedMap<Double, Double> rises = new TreeMap<>();
    atMost.forEach(
        (bound, count) -> rises.put(bound, rise(earlier.atMost.getOrDefault(bound, 0.0), count)));
    return new Buckets(rises);
  }

  /**
   * Returns a quantile in seconds, found as {@code histogram_quantile} of Prometheus does: evenly spread within its bucket,
   * and the highest finite bound for what lies beyond it.
   */
  OptionalDouble quantile(double quantile) {
    double all = atMost.isEmpty() ? 0 : atMost.get(atMost.lastKey());
    if (!(all > 0)) {
      return OptionalDouble.empty();
    }
    double rank = quantile * all;
    double lower = 0;
    double below = 0;
    for (var bucket : ((NavigableMap<Double, Double>) new TreeMap<>(atMost)).entrySet()) {
      if (bucket.getValue() >= rank && bucket.getValue() > below) {
        return OptionalDouble.of(
            bucket.getKey().isInfinite()
                ? lower
                : lower + (bucket.getKey() - lower) * (rank - below) / (bucket.getValue() - below));
      }
      lower = bucket.getKey();
      below = bucket.getValue();
    }
    return OptionalDouble.empty();
  }
}
