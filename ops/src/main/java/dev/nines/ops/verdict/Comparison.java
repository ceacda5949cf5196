package dev.nines.ops.verdict;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * One promise before and after: whether it is shown to have become worse, and whether it is shown to be kept.
 *
 * @param objective what is compared
 * @param whole whether it is that of the service as a whole, all route classes together
 * @param allowed share of bad events that is promised
 * @param before events before the deployment, or on the baseline
 * @param after events after the deployment, or on the candidate
 * @param tests how many such comparisons share the probability of a false alarm
 * @param sequence what bounds the shares; chosen before anything was seen
 */
record Comparison(
    Objective objective,
    boolean whole,
    double allowed,
    Tally before,
    Tally after,
    int tests,
    ConfidenceSequence sequence) {

  /** Probability of a false alarm, over all looks and all comparisons of a watch together. */
  static final double ALPHA = 0.01;

  /** A rise of less than half again is what the hours of a day differ by. */
  static final double TOLERATED = 1.5;

  /** Under a tenth of what is allowed, no promise is at stake. */
  static final double NEGLIGIBLE = 0.1;

  /** What a deployment may do to a share that was above its target before. */
  static final double MARGIN = 2;

  private static final double FEWEST = 1e-12;

  /** Returns whether the share is shown to have risen so far that it matters. */
  boolean isWorse() {
    return isWorse(ALPHA / tests);
  }

  private boolean isWorse(double alpha) {
    // The bounds lie around the shares, so what these don't say the bounds won't either.
    return after.share() > mattersAt(before.share()) && afterAtLeast(alpha) > mattersFrom(alpha);
  }

  private double afterAtLeast(double alpha) {
    return sequence.lower(after, hasBefore() ? alpha / 2 : alpha);
  }

  /** Without anything before, the promise itself stands in its place. */
  private double mattersFrom(double alpha) {
    return mattersAt(hasBefore() ? sequence.upper(before, alpha / 2) : 0);
  }

  private double mattersAt(double shareBefore) {
    return hasBefore() ? Math.max(TOLERATED * shareBefore, NEGLIGIBLE * allowed) : allowed;
  }

  private boolean hasBefore() {
    return before.total() > 0;
  }

  /**
   * Returns the share that the deployment may have: what is promised, or twice what was before where that is more.
   */
  double limit() {
    return Math.max(allowed, MARGIN * before.share());
  }

  /**
   * Returns the share that is not exceeded with a confidence of 99 %: Clopper and Pearson's bound. It is for the end of a
   * watch, which is looked at once. All promises have to be within their limits, so it needs no correction for their number.
   *
   * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper, Pearson (1934), Biometrika 26(4)</a>
   * @see <a href="https://doi.org/10.2307/1267823">Berger (1982), Multiparameter hypothesis testing and acceptance
   *     sampling, Technometrics 24(4): the intersection-union test</a>
   */
  double atMost() {
    return after.good() == 0
        ? 1
        : BetaDistribution.of(after.bad() + 1, after.good()).inverseSurvivalProbability(ALPHA);
  }

  /** Returns whether the share is shown to be within its limit. */
  boolean isKept() {
    return atMost() <= limit();
  }

  /**
   * Returns the smallest probability of a false alarm at which the share would count as worse, corrected for looks and
   * comparisons: at most 0.01 where it does.
   */
  double significance() {
    if (!isWorse(1 - FEWEST)) {
      return 1;
    }
    double low = Math.log(FEWEST);
    double high = 0;
    for (int step = 0; step < 40; step++) {
      double middle = (low + high) / 2;
      if (isWorse(Math.exp(middle))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Math.min(1, tests * Math.exp(high));
  }
}
