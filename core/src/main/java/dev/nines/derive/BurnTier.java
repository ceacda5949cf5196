package dev.nines.derive;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * One tier of a burn-rate alert: fires while both windows burn the budget {@code factor} times faster than allowed.
 *
 * @param objective {@code errors}, {@code latency_p99}, …
 * @param routeClass {@code default} or the route with promises of its own
 * @param severity {@code page} or {@code ticket}
 * @param longWindow window that gives the evidence
 * @param shortWindow window that lets the alert clear, longWindow ÷ 12
 * @param factor how many times faster than allowed
 * @param threshold share of bad requests from which it fires: 0.9 × factor × budget
 * @param canFire whether the threshold is below 1; a tier that cannot fire is left out of the rules, and named
 */
public record BurnTier(
    String objective,
    String routeClass,
    String severity,
    Duration longWindow,
    Duration shortWindow,
    BigDecimal factor,
    BigDecimal threshold,
    boolean canFire) {}
