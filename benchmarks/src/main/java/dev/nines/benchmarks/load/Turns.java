package dev.nines.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Seconds that take turns, one with what is measured, the next without. */
final class Turns {

  private static final int RESAMPLES = 400;
  private static final double P99 = 99;

  private final List<Histogram> seconds;

  /** @param seconds nanoseconds of their requests, the first with it */
  Turns(List<Histogram> seconds) {
    this.seconds = List.copyOf(seconds);
  }

  int pairs() {
    return seconds.size() / 2;
  }

  double p99MillisWith() {
    return p99(0, pair -> pair) / 1e6;
  }

  double p99MillisWithout() {
    return p99(1, pair -> pair) / 1e6;
  }

  /** Returns by what share fewer requests were answered with it. */
  double fewer() {
    return 1 - (double) requests(0) / requests(1);
  }

  /** Returns the ratio of their p99, and the bounds within which it would be in 95 of 100 repetitions, by drawing pairs anew. */
  double[] ratio() {
    Random random = new Random(1);
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int[] drawn = random.ints(pairs(), 0, pairs()).toArray();
      ratios[i] = p99(0, pair -> drawn[pair]) / p99(1, pair -> drawn[pair]);
    }
    Arrays.sort(ratios);
    return new double[] {
      p99MillisWith() / p99MillisWithout(),
      ratios[RESAMPLES / 40],
      ratios[RESAMPLES - 1 - RESAMPLES / 40]
    };
  }

  private double p99(int turn, IntUnaryOperator choice) {
    Histogram all = new Histogram(seconds.get(0));
    all.reset();
    for (int pair = 0; pair < pairs(); pair++) {
      all.add(seconds.get(2 * choice.applyAsInt(pair) + turn));
    }
    return all.getValueAtPercentile(P99);
  }

  private long requests(int turn) {
    return IntStream.range(0, pairs())
        .mapToLong(pair -> seconds.get(2 * pair + turn).getTotalCount())
        .sum();
  }
}
