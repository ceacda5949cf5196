package dev.nines.ops.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BucketsTest {

  private static Buckets buckets(double within100ms, double within1s, double all) {
    return new Buckets(
        new TreeMap<>(Map.of(0.1, within100ms, 1.0, within1s, Double.POSITIVE_INFINITY, all)));
  }

  @Test
  void aQuantileLiesWithinItsBucketAsForPrometheus() {
    Offset<Double> exact = Offset.offset(1e-9);
    assertThat(buckets(50, 90, 100).quantile(0.25).getAsDouble()).isCloseTo(0.05, exact);
    assertThat(buckets(50, 90, 100).quantile(0.7).getAsDouble()).isCloseTo(0.55, exact);
    assertThat(buckets(50, 90, 100).quantile(0.99).getAsDouble()).isCloseTo(1, exact);
    assertThat(buckets(0, 90, 90).quantile(0.01).getAsDouble()).isCloseTo(0.109, exact);
  }

  @Test
  void ofNothingThereIsNone() {
    assertThat(Buckets.NONE.quantile(0.5)).isEmpty();
    assertThat(buckets(0, 0, 0).quantile(0.5)).isEmpty();
  }

  @Test
  void whatFellBeganAnewAtZero() {
    assertThat(buckets(5, 9, 10).since(buckets(50, 90, 100))).isEqualTo(buckets(5, 9, 10));
    assertThat(buckets(55, 95, 110).since(buckets(50, 90, 100))).isEqualTo(buckets(5, 5, 10));
    assertThat(new Tally(3, 1).since(new Tally(10, 0))).isEqualTo(new Tally(3, 1));
  }
}
