package dev.nines.budget;

/**
 * The budget's state has changed.
 *
 * @param from state before
 * @param to state now
 * @param objective the objective that decided, {@code errors}, {@code latency_p99}, …: the worst now, or, where it became
 *     better, the one that was the worst
 * @param routeClass its route class: {@code default} or the route with promises of its own
 * @param burnRate how many times faster than allowed it burned over the last hour
 * @param spent share of its budget of a whole window that is spent, as far as was seen; above 1 when overspent
 */
public record BudgetStateChange(
    BudgetState from,
    BudgetState to,
    String objective,
    String routeClass,
    double burnRate,
    double spent) {

  /** Returns whether it has become worse. */
  public boolean worse() {
    return to.compareTo(from) > 0;
  }
}
