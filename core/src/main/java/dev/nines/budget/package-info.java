/**
 * Good and bad requests, the error budget and its burn rate as this instance sees them.
 *
 * <p>{@link dev.nines.budget.ErrorBudget} is the first to hear of each request. It sorts it into its route class (the
 * route with promises of its own, else {@code default}) and counts it as good or bad for each objective there:
 *
 * <ul>
 *   <li>{@code errors}: bad are server errors and rejections; a 4xx is the caller's mistake, and good;
 *   <li>{@code latency_p95}, {@code latency_p99}, …: only requests that are no errors; good is a duration of at most the
 *       target, the target itself included;
 *   <li>a client's abort counts for none of them.
 * </ul>
 *
 * <p>Windows are differences of the cumulative counters, of which a sample is kept for each passed minute. No thread
 * takes these samples: counters move only when a request ends, so the first request to end in a new minute, or whoever
 * reads, first writes down how they stood. An instance that nobody asks for hours therefore answers as exactly as one
 * that is scraped each second.
 *
 * <p>What was counted before a start comes from a {@link dev.nines.budget.BudgetHistory}, a small file or a Prometheus, and
 * goes into the samples alone: the counters that are scraped begin at zero.
 *
 * <p>From the windows follows a {@link dev.nines.budget.BudgetState}, looked at every five seconds:
 *
 * <pre>
 *             a page tier holds                    a window's budget is spent
 *   NORMAL -----------------------> ELEVATED ------------------------------> EXHAUSTED
 *      ^                              |  ^                                      |
 *      +------ under half of it ------+  +------- a tenth is regained ----------+
 * </pre>
 *
 * <pre>{@code
 * Nines nines = Nines.builder("orders")
 *     .budgetHistory(BudgetHistory.inFile(Path.of("/var/lib/orders/budget")))
 *     .start();
 * nines.budget().listen(change -> recommendations.enable(change.to() == BudgetState.NORMAL));
 * boolean calm = nines.budget().state() == BudgetState.NORMAL; // one volatile read
 * }</pre>
 */
@NullMarked
package dev.nines.budget;

import org.jspecify.annotations.NullMarked;
