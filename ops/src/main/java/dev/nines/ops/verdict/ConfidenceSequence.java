package dev.nines.ops.verdict;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.rootfinder.BrentSolver;

/**
 * Bounds on the share of bad events that hold at every look at once: with a probability of at least 1 − α the true share
 * never, however often and whenever one looks, lies outside. So a watch may stop as soon as they tell something.
 *
 * <p>It is the method of mixtures: the likelihood ratio of a Beta mixture against a share p is a martingale with mean 1 if p
 * is true, which by Ville's inequality ever reaches 1 ÷ α with a probability of at most α. The shares whose ratio is below
 * stay. The mixture is Beta(½, ½ (1 − t) ÷ t), its mean the share t that is allowed, which gives the most power where it
 * matters and is sound for any t that is chosen beforehand.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177696786">Robbins (1970), Statistical methods related to the law of the
 *     iterated logarithm, Annals of Mathematical Statistics 41(5)</a>
 * @see <a href="https://arxiv.org/abs/1810.08240">Howard, Ramdas, McAuliffe, Sekhon (2021), Time-uniform, nonparametric,
 *     nonasymptotic confidence sequences, Annals of Statistics 49(2), the beta-binomial mixture</a>
 */
final class ConfidenceSequence {

  private static final double HALF_EVENT = 0.5;
  private static final double NEXT_TO_NOTHING = 1e-15;
  private static final BrentSolver SOLVER = new BrentSolver(1e-9, 1e-15, 1e-12);

  private final double a = HALF_EVENT;
  private final double b;

  /** @param allowed share of bad events that is allowed, in (0, 1) */
  ConfidenceSequence(double allowed) {
    b = HALF_EVENT * (1 - allowed) / allowed;
  }

  /** Returns the lower bound; 0 where there is no bad event. */
  double lower(Tally tally, double alpha) {
    if (tally.bad() == 0) {
      return 0;
    }
    DoubleUnaryOperator excess = p -> logRatio(tally, p) + Math.log(alpha);
    return excess.applyAsDouble(NEXT_TO_NOTHING) <= 0
        ? 0
        : SOLVER.findRoot(excess, NEXT_TO_NOTHING, inside(tally.share()));
  }

  /** Returns the upper bound; 1 where there is no good event. */
  double upper(Tally tally, double alpha) {
    if (tally.good() == 0) {
      return 1;
    }
    DoubleUnaryOperator excess = p -> logRatio(tally, p) + Math.log(alpha);
    return excess.applyAsDouble(1 - NEXT_TO_NOTHING) <= 0
        ? 1
        : SOLVER.findRoot(excess, inside(tally.share()), 1 - NEXT_TO_NOTHING);
  }

  private static double inside(double share) {
    return Math.min(1 - NEXT_TO_NOTHING, Math.max(NEXT_TO_NOTHING, share));
  }

  /** Returns the logarithm of the mixture's likelihood over that of {@code p}; least, and below 0, at the observed share. */
  private double logRatio(Tally tally, double p) {
    return LogBeta.value(a + tally.bad(), b + tally.good())
        - LogBeta.value(a, b)
        - tally.bad() * Math.log(p)
        - tally.good() * Math.log1p(-p);
  }
}
