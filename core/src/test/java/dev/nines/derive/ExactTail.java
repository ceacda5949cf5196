package dev.nines.derive;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** The binomial tail by its definition, in decimals of 60 digits: slow, and beyond doubt. */
final class ExactTail {

  private static final MathContext DIGITS = new MathContext(60);

  private ExactTail() {}

  /** Returns P[Binomial(calls, chance) ≥ bad]. */
  static BigDecimal of(int calls, int bad, BigDecimal chance) {
    BigDecimal good = BigDecimal.ONE.subtract(chance);
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = bad; k <= calls; k++) {
      BigDecimal term = new BigDecimal(ways(calls, k))
          .multiply(chance.pow(k, DIGITS), DIGITS)
          .multiply(good.pow(calls - k, DIGITS), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  private static BigInteger ways(int calls, int bad) {
    BigInteger ways = BigInteger.ONE;
    for (int i = 0; i < Math.min(bad, calls - bad); i++) {
      ways = ways.multiply(BigInteger.valueOf(calls - i)).divide(BigInteger.valueOf(i + 1));
    }
    return ways;
  }
}
