package dev.nines.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTableTest {

  private static final BigDecimal BOUND = new BigDecimal("0.00000001");

  @ParameterizedTest
  @CsvSource({
    // threshold, usual share of bad calls, minimum calls: each worked out with exact fractions
    "0.5, 0.001, 9",
    "0.5, 0.01, 11",
    "0.2, 0.001, 21",
    "0.2, 0.01, 36",
    "0.288, 0.02, 28",
    "1, 0.02, 5",
  })
  void minimumCallsAreKnownForKnownTargets(BigDecimal threshold, BigDecimal chance, int expected) {
    assertThat(EvidenceTable.of(threshold, chance).minimumCalls()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // calls, least bad at threshold 20 % and 1 % usually bad
    "5, 5",
    "8, 5",
    "9, 6",
    "16, 6",
    "17, 7",
    "28, 7",
    "29, 8",
    "36, 8",
    "40, 8",
    "41, 9",
    "1000, 200",
    "1001, 201",
  })
  void theLeastConvincingNumberIsKnownForKnownTargets(int calls, int leastBad) {
    EvidenceTable table = EvidenceTable.of(new BigDecimal("0.2"), new BigDecimal("0.01"));
    assertThat(table.convincing(leastBad, calls)).isTrue();
    assertThat(table.convincing(leastBad - 1, calls)).isFalse();
  }

  @Test
  void fewerThanFiveFailuresNeverConvince() {
    EvidenceTable table = EvidenceTable.of(new BigDecimal("0.5"), new BigDecimal("0.000001"));
    for (int calls = 0; calls < 1000; calls++) {
      assertThat(table.convincing(4, calls)).isFalse();
    }
    assertThat(table.convincing(5, 5)).isTrue();
  }

  @Test
  void oddNumbersNeverThrow() {
    EvidenceTable table = EvidenceTable.of(new BigDecimal("0.5"), new BigDecimal("0.001"));
    assertThat(table.convincing(5, -1)).isFalse();
    assertThat(table.convincing(-1, 5)).isFalse();
    assertThat(table.convincing(Integer.MAX_VALUE, Integer.MAX_VALUE)).isTrue();
    assertThat(table.convincing(5, Integer.MAX_VALUE)).isFalse();
    assertThat(table.convincing(5, Integer.MIN_VALUE)).isFalse();
  }

  @Test
  void aThresholdWithinChanceIsRefused() {
    assertThatThrownBy(() -> EvidenceTable.of(new BigDecimal("0.01"), new BigDecimal("0.01")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "threshold: 0.01 (expected: above the usual share of bad calls, 0.01, and at most 1)");
  }

  @Property(tries = 300)
  void theTailAgreesWithExactDecimals(
      @ForAll @IntRange(min = 1, max = 300) int calls,
      @ForAll @IntRange(min = 1, max = 300) int bad,
      @ForAll("chances") BigDecimal chance) {
    double log = BinomialTail.log(calls, bad, chance.doubleValue());
    BigDecimal exact = ExactTail.of(calls, bad, chance);
    if (exact.signum() == 0) {
      assertThat(log).isEqualTo(Double.NEGATIVE_INFINITY);
    } else {
      int scale = exact.scale() - exact.precision();
      double exactLog = Math.log(exact.movePointRight(scale).doubleValue()) - scale * Math.log(10);
      assertThat(log).isCloseTo(exactLog, within(1e-10 * Math.max(1, Math.abs(exactLog))));
    }
  }

  @Property(tries = 100)
  void everyDecisionOfTheTableIsRightByExactDecimals(
      @ForAll("thresholds") BigDecimal threshold,
      @ForAll("chances") BigDecimal chance,
      @ForAll @IntRange(min = 5, max = 400) int calls) {
    EvidenceTable table = EvidenceTable.of(threshold, chance);
    int least = table.leastBad(calls);
    if (least <= calls) {
      assertThat(rightful(threshold, chance, least, calls)).isTrue();
      assertThat(table.convincing(least, calls)).isTrue();
    }
    int fewer = Math.min(least - 1, calls);
    assertThat(rightful(threshold, chance, fewer, calls)).isFalse();
    assertThat(table.convincing(fewer, calls)).isFalse();
  }

  @Property(tries = 100)
  void fromTheMinimumOnTheThresholdAloneKeepsTheBoundByExactDecimals(
      @ForAll("thresholds") BigDecimal threshold, @ForAll("chances") BigDecimal chance) {
    int minimum = EvidenceTable.of(threshold, chance).minimumCalls();
    int beyond = minimum + threshold.pow(-1, MathContext.DECIMAL32).intValue() * 3;
    for (int calls = minimum; calls <= beyond; calls++) {
      assertThat(rightful(threshold, chance, atThreshold(threshold, calls), calls))
          .isTrue();
    }
    int before = minimum - 1;
    assertThat(rightful(threshold, chance, atThreshold(threshold, before), before))
        .isFalse();
  }

  private static boolean rightful(BigDecimal threshold, BigDecimal chance, int bad, int calls) {
    return bad >= 5
        && new BigDecimal(bad).compareTo(threshold.multiply(new BigDecimal(calls))) >= 0
        && ExactTail.of(calls, bad, chance).compareTo(BOUND) <= 0;
  }

  private static int atThreshold(BigDecimal threshold, int calls) {
    return threshold
        .multiply(new BigDecimal(calls))
        .setScale(0, RoundingMode.CEILING)
        .intValue();
  }

  @Provide
  Arbitrary<BigDecimal> thresholds() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("0.2"), BigDecimal.ONE)
        .ofScale(4);
  }

  @Provide
  Arbitrary<BigDecimal> chances() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("0.000001"), new BigDecimal("0.09"))
        .ofScale(6);
  }
}
