package dev.nines.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final double PRECISE = 0.01;

  @Test
  void theFirstOfTwoSecondsIsTheOneWithIt() {
    Turns turns =
        new Turns(List.of(second(90, 3.0), second(100, 2.0), second(90, 3.0), second(100, 2.0)));

    assertThat(turns.pairs()).isEqualTo(2);
    assertThat(turns.p99MillisWith()).isCloseTo(3, within(PRECISE));
    assertThat(turns.p99MillisWithout()).isCloseTo(2, within(PRECISE));
    assertThat(turns.fewer()).isCloseTo(0.1, within(1e-9));
    for (double each : turns.ratio()) {
      assertThat(each).isCloseTo(1.5, within(PRECISE));
    }
  }

  @Test
  void theBoundsAreThoseOfOtherDrawsOfPairs() {
    List<Histogram> seconds = IntStream.range(0, 40)
        .mapToObj(second -> second(100, second % 4 == 0 ? 4 : 2))
        .toList();

    assertThat(new Turns(seconds).ratio())
        .satisfies(ratio -> assertThat(ratio[0]).isCloseTo(2, within(PRECISE)))
        .satisfies(ratio -> assertThat(ratio[1]).isLessThanOrEqualTo(ratio[0]))
        .satisfies(ratio -> assertThat(ratio[2]).isGreaterThanOrEqualTo(ratio[0]));
    List<Histogram> rarely = IntStream.range(0, 40)
        .mapToObj(second -> second(100, second == 0 ? 4 : 2))
        .toList();
    assertThat(new Turns(rarely).ratio()).satisfies(ratio -> assertThat(ratio[1])
        .as("drawn without the one that was slow")
        .isCloseTo(1, within(PRECISE)));
  }

  private static Histogram second(int requests, double millis) {
    Histogram second = new Histogram(1_000, 10 * Flood.SECOND, 3);
    second.recordValueWithCount((long) (millis * 1e6), requests);
    return second;
  }
}
