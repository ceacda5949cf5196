package dev.nines.ops.verdict;

/**
 * Events that kept a promise, and those that broke it. What Prometheus extrapolates need not be whole.
 *
 * @param good at least 0
 * @param bad at least 0
 */
record Tally(double good, double bad) {

  static final Tally NONE = new Tally(0, 0);

  Tally {
    if (!(good >= 0) || !(bad >= 0)) {
      throw new IllegalArgumentException(
          "tally: " + good + " good, " + bad + " bad (expected: at least 0)");
    }
  }

  double total() {
    return good + bad;
  }

  /** Returns the share of bad ones; 0 of none. */
  double share() {
    return total() > 0 ? bad / total() : 0;
  }

  Tally plus(Tally other) {
    return new Tally(good + other.good, bad + other.bad);
  }

  /** Returns what came since; what is less than earlier began anew at zero. */
  Tally since(Tally earlier) {
    return new Tally(Buckets.rise(earlier.good, good), Buckets.rise(earlier.bad, bad));
  }
}
