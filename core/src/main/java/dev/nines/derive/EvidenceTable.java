package dev.nines.derive;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * {@link Evidence} as a table: the least number of bad calls that convinces, for each number of calls below
 * {@link #minimumCalls()}. From there on the threshold alone convinces, so the table needs no further entry and the rule
 * holds for any number of calls.
 */
final class EvidenceTable implements Evidence {

  /** Fewer failures than this are an anecdote. Envoy ejects a host after as many. */
  static final int LEAST_BAD = 5;

  /** Probability that chance alone opens the breaker at one evaluation. */
  static final BigDecimal FALSE_TRIP = new BigDecimal("1e-8");

  /** Keeps the decision on the safe side of what rounding a double can move: 1e-9 relative. */
  private static final double LOG_FALSE_TRIP = Math.log(FALSE_TRIP.doubleValue()) - 1e-9;

  /** Calls × scale must stay within a long. */
  private static final int THRESHOLD_DIGITS = 9;

  private static final long SCALE = 1_000_000_000;

  private final long threshold;
  private final int[] leastBad;

  private EvidenceTable(long threshold, int[] leastBad) {
    this.threshold = threshold;
    this.leastBad = leastBad;
  }

  /**
   * Returns the table.
   *
   * @param threshold share of bad calls that opens the breaker, in (0, 1]; rounded up to nine decimals
   * @param chance share of calls that are bad while all is well; less than the threshold
   */
  static EvidenceTable of(BigDecimal threshold, BigDecimal chance) {
    if (chance.signum() <= 0
        || chance.compareTo(threshold) >= 0
        || threshold.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("threshold: " + threshold.toPlainString()
          + " (expected: above the usual share of bad calls, " + chance.toPlainString()
          + ", and at most 1)");
    }
    long scaled = threshold
        .setScale(THRESHOLD_DIGITS, RoundingMode.CEILING)
        .movePointRight(THRESHOLD_DIGITS)
        .longValueExact();
    double p = chance.doubleValue();
    return new EvidenceTable(scaled, leastBad(scaled, p, minimumCalls(scaled, p)));
  }

  @Override
  public boolean convincing(int bad, int calls) {
    if (bad < LEAST_BAD) {
      return false;
    }
    return calls < leastBad.length
        ? calls >= 0 && bad >= leastBad[calls]
        : bad * SCALE >= calls * threshold;
  }

  @Override
  public int minimumCalls() {
    return leastBad.length;
  }

  /** Returns the least number of bad calls that convinces; more than {@code calls} where none does. */
  int leastBad(int calls) {
    return calls < leastBad.length ? leastBad[calls] : atThreshold(calls, threshold);
  }

  /**
   * For a fixed number of bad calls the tail grows with the calls among which they lie, so it is largest for the most
   * calls at which the threshold still asks for no more than that: only these are tried. Beyond {@link #surelyEnough} the
   * bound holds by Chernoff's inequality, so the last that fails is found by going down from there.
   */
  private static int minimumCalls(long threshold, double chance) {
    int bad = Math.max(LEAST_BAD, atThreshold(surelyEnough(threshold, chance), threshold) + 1);
    while (bad >= LEAST_BAD && convincing(mostCalls(bad, threshold), bad, chance)) {
      bad--;
    }
    return mostCalls(bad, threshold) + 1;
  }

  private static int[] leastBad(long threshold, double chance, int minimumCalls) {
    int[] table = new int[minimumCalls];
    int bad = LEAST_BAD;
    for (int calls = 0; calls < minimumCalls; calls++) {
      bad = Math.max(bad, atThreshold(calls, threshold));
      while (bad <= calls && !convincing(calls, bad, chance)) {
        bad++;
      }
      table[calls] = bad;
    }
    return table;
  }

  private static boolean convincing(int calls, int bad, double chance) {
    return BinomialTail.log(calls, bad, chance) <= LOG_FALSE_TRIP;
  }

  /** Returns the calls from which P[Binomial(n, chance) ≥ threshold × n] ≤ exp(−n × divergence) is under the bound. */
  private static int surelyEnough(long threshold, double chance) {
    double t = (double) threshold / SCALE;
    double divergence = t * Math.log(t / chance)
        + (threshold == SCALE ? 0 : (1 - t) * Math.log((1 - t) / (1 - chance)));
    return (int) Math.ceil(-LOG_FALSE_TRIP / divergence);
  }

  /** Returns ⌈threshold × calls⌉. */
  private static int atThreshold(int calls, long threshold) {
    return (int) -Math.floorDiv(-calls * threshold, SCALE);
  }

  /** Returns the largest number of calls of which {@code bad} are still the threshold's share. */
  private static int mostCalls(int bad, long threshold) {
    return (int) (bad * SCALE / threshold);
  }
}
