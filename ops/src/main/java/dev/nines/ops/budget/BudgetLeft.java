package dev.nines.ops.budget;

import java.util.Optional;

/**
 * What is left of one error budget.
 *
 * @param objective {@code errors}, {@code latency_p99}, …, or {@code availability}
 * @param routeClass {@code default}, or the route with promises of its own
 * @param allowed share that may be bad: of requests, or of time for availability
 * @param spent share of the window's budget that was spent; above 1 when overspent. What was not seen is taken for unspent
 * @param coverage share of the window that was seen
 * @param burning which alert would page now, in words; empty if none
 */
public record BudgetLeft(
    String objective,
    String routeClass,
    double allowed,
    double spent,
    double coverage,
    Optional<String> burning) {

  /** Name of the objective that is about time. */
  public static final String AVAILABILITY = "availability";

  /** Returns the share that is left; below 0 when overspent. */
  public double left() {
    return 1 - spent;
  }
}
