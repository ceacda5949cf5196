package dev.nines.budget;

/**
 * Good and bad events of one window.
 *
 * @param good events that kept the objective
 * @param bad events that broke it
 */
record Counts(long good, long bad) {

  /** Returns the share of bad events; 0 when there was none at all, for nothing was broken. */
  double badRatio() {
    long total = good + bad;
    return total == 0 ? 0 : (double) bad / total;
  }
}
