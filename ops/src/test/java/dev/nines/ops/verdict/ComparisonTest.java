package dev.nines.ops.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.DiscreteDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

  private static Comparison errors(double allowed, Tally before, Tally after) {
    return new Comparison(
        new Objective("errors", "default"),
        true,
        allowed,
        before,
        after,
        3,
        new ConfidenceSequence(allowed));
  }

  private static Tally tally(double bad, double all) {
    return new Tally(all - bad, bad);
  }

  /** Looked at after each of 3,000 events, as no watch ever would; a bound of a single look would miss in over a tenth. */
  @ParameterizedTest
  @CsvSource({"0.001, 0.001", "0.05, 0.05", "0.001, 0.01", "0.05, 0.002"})
  void theTruthIsWithinTheBoundsAtAllLooksAtOnce(double allowed, double truth) {
    ConfidenceSequence sequence = new ConfidenceSequence(allowed);
    SplittableRandom random = new SplittableRandom(7);
    int missed = 0;
    for (int run = 0; run < 150; run++) {
      boolean outside = false;
      double bad = 0;
      for (int n = 1; n <= 3_000 && !outside; n++) {
        boolean isBad = random.nextDouble() < truth;
        bad += isBad ? 1 : 0;
        // Between two bad events only the upper bound moves, and slowly.
        if (isBad || n % 50 == 0) {
          Tally seen = tally(bad, n);
          outside = sequence.lower(seen, 0.05) > truth || sequence.upper(seen, 0.05) < truth;
        }
      }
      missed += outside ? 1 : 0;
    }
    assertThat(missed).as("of 150 at α = 5 %").isLessThanOrEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"0.001", "0.05"})
  void theBoundsCloseInOnTheShare(double allowed) {
    ConfidenceSequence sequence = new ConfidenceSequence(allowed);
    for (double n : new double[] {100, 10_000, 1_000_000, 1e9}) {
      Tally seen = tally(0.02 * n, n);
      assertThat(sequence.lower(seen, 0.01)).isLessThan(0.02);
      assertThat(sequence.upper(seen, 0.01)).isGreaterThan(0.02);
    }
    Tally many = tally(2e7, 1e9);
    assertThat(sequence.lower(many, 0.01)).isCloseTo(0.02, within(5e-5));
    assertThat(sequence.upper(many, 0.01)).isCloseTo(0.02, within(5e-5));
  }

  @Test
  void theBoundsOfExtremesAreTheEnds() {
    ConfidenceSequence sequence = new ConfidenceSequence(0.001);

    assertThat(sequence.lower(tally(0, 1000), 0.01)).isZero();
    assertThat(sequence.upper(tally(1000, 1000), 0.01)).isEqualTo(1);
    assertThat(sequence.upper(Tally.NONE, 0.01)).isEqualTo(1);
    assertThat(sequence.lower(tally(1000, 1000), 0.01)).isBetween(0.3, 1.0);
    assertThat(sequence.lower(tally(1e-6, 0.5), 0.01)).isGreaterThanOrEqualTo(0);
    assertThat(sequence.upper(tally(0.5, 0.5001), 0.01)).isEqualTo(1);
  }

  @Test
  void fiveTimesTheErrorsAreWorseAndOnceAndAHalfAreNot() {
    Tally before = tally(180, 180_000);

    assertThat(errors(0.001, before, tally(75, 15_000)).isWorse()).isTrue();
    assertThat(errors(0.001, before, tally(22, 15_000)).isWorse()).isFalse();
    assertThat(errors(0.001, before, tally(150_000, 100_000_000)).isWorse()).isFalse();
  }

  @Test
  void aRiseThatIsShownButFarBelowTheTargetIsNotWorse() {
    Tally before = tally(10, 1_000_000);

    assertThat(errors(0.001, before, tally(80, 1_000_000)).isWorse()).isFalse();
    assertThat(errors(0.001, before, tally(800, 1_000_000)).isWorse()).isTrue();
  }

  @Test
  void littleBeforeLeavesManyExplanations() {
    assertThat(errors(0.001, tally(0, 50), tally(75, 15_000)).isWorse()).isFalse();
    assertThat(errors(0.001, tally(0, 50), tally(9_000, 15_000)).isWorse()).isTrue();
  }

  @Test
  void withoutABeforeThePromiseDecides() {
    assertThat(errors(0.001, Tally.NONE, tally(75, 15_000)).isWorse()).isTrue();
    assertThat(errors(0.001, Tally.NONE, tally(17, 15_000)).isWorse()).isFalse();
    assertThat(errors(0.001, Tally.NONE, tally(2, 15_000)).isKept()).isTrue();
  }

  @Test
  void keptIsOnlyWhatIsShownToBeWithinTheTarget() {
    Tally before = tally(5, 180_000);

    assertThat(errors(0.001, before, tally(0, 4_700)).isKept()).isTrue();
    assertThat(errors(0.001, before, tally(0, 4_500)).isKept()).isFalse();
    assertThat(errors(0.001, before, Tally.NONE).isKept()).isFalse();
    assertThat(errors(0.001, before, tally(3, 4_700)).isKept()).isFalse();
  }

  @Test
  void whatBrokeItsTargetBeforeMayHaveTwiceAsMuch() {
    Tally before = tally(1_800, 180_000);

    assertThat(errors(0.001, before, tally(150, 15_000)).limit()).isCloseTo(0.02, within(1e-9));
    assertThat(errors(0.001, before, tally(150, 15_000)).isKept()).isTrue();
    assertThat(errors(0.001, before, tally(290, 15_000)).isKept()).isFalse();
  }

  /** The upper bound of Clopper and Pearson, by its definition. */
  @ParameterizedTest
  @CsvSource({"0, 4700", "3, 900", "40, 1000", "999, 1000"})
  void atTheUpperBoundAsFewAreAsRareAsSaid(int bad, int all) {
    double atMost = errors(0.001, Tally.NONE, tally(bad, all)).atMost();

    assertThat(BinomialDistribution.of(all, atMost).cumulativeProbability(bad))
        .isCloseTo(0.01, within(1e-6));
  }

  @Test
  void significanceAgreesWithTheDecision() {
    Tally before = tally(180, 180_000);
    for (int bad = 10; bad < 100; bad += 3) {
      Comparison comparison = errors(0.001, before, tally(bad, 15_000));
      assertThat(comparison.significance() <= Comparison.ALPHA)
          .as(bad + " bad")
          .isEqualTo(comparison.isWorse());
    }
    assertThat(errors(0.001, before, tally(15, 15_000)).significance()).isEqualTo(1);
  }

  /** Looks by the second at what does not change: the tests must not add up. */
  @Test
  void lookingOftenRaisesNoFalseAlarm() {
    SplittableRandom random = new SplittableRandom(11);
    UniformRandomProvider source = random::nextLong;
    int alarms = 0;
    for (int run = 0; run < 100; run++) {
      Tally before = tally(sampler(source, 20_000, 0.01).sample(), 20_000);
      DiscreteDistribution.Sampler second = sampler(source, 100, 0.01);
      Tally after = Tally.NONE;
      boolean alarm = false;
      for (int look = 0; look < 300 && !alarm; look++) {
        after = after.plus(tally(second.sample(), 100));
        alarm = errors(0.01, before, after).isWorse();
      }
      alarms += alarm ? 1 : 0;
    }
    assertThat(alarms).isZero();
  }

  private static DiscreteDistribution.Sampler sampler(
      UniformRandomProvider source, int trials, double share) {
    return BinomialDistribution.of(trials, share).createSampler(source);
  }
}
