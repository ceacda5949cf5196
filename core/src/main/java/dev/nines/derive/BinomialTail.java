package dev.nines.derive;

/**
 * The upper tail of the binomial distribution, in logarithms: the probabilities that decide here are far below what a
 * product of doubles keeps.
 */
final class BinomialTail {

  /** A term this small against the sum cannot change a double. */
  private static final double NEGLIGIBLE = 1e-18;

  private BinomialTail() {}

  /**
   * Returns ln P[Binomial(calls, chance) ≥ bad].
   *
   * @param chance probability that one call is bad, in (0, 1); the tail is asked for above calls × chance only
   */
  static double log(int calls, int bad, double chance) {
    if (bad <= 0) {
      return 0;
    }
    if (bad > calls) {
      return Double.NEGATIVE_INFINITY;
    }
    double first = logWays(calls, bad)
        + bad * Math.log(chance)
        + (calls == bad ? 0 : (calls - bad) * Math.log1p(-chance));
    return Math.min(0, first + Math.log(sumRelativeToFirst(calls, bad, chance)));
  }

  private static double logWays(int calls, int bad) {
    double sum = 0;
    for (int i = 0; i < bad; i++) {
      sum += Math.log((calls - i) / (i + 1.0));
    }
    return sum;
  }

  private static double sumRelativeToFirst(int calls, int bad, double chance) {
    double odds = chance / (1 - chance);
    double term = 1;
    double sum = 1;
    for (int k = bad; k < calls && term > NEGLIGIBLE * sum; k++) {
      term *= (calls - k) / (k + 1.0) * odds;
      sum += term;
    }
    return sum;
  }
}
