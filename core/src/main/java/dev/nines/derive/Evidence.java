package dev.nines.derive;

/**
 * How many bad calls among {@code n} are more than chance.
 *
 * <p>Opens when k of n calls were bad with k ≥ 5, k/n ≥ threshold and P[Binomial(n, e) ≥ k] ≤ 1e-8.
 *
 * <p>Immutable and thread-safe; {@link #convincing} neither allocates nor computes.
 */
public interface Evidence {

  /** Returns whether {@code bad} of {@code calls} may open the breaker. */
  boolean convincing(int bad, int calls);

  /** Returns the smallest number of calls from which the threshold alone is convincing, for every larger number too. */
  int minimumCalls();
}
