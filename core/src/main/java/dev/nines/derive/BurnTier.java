package dev.nines.derive;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * One tier of a burn-rate alert: fires while both windows hold a larger share of bad requests than the threshold.
 *
 * @param objective {@code errors}, {@code latency_p99}, …, {@code availability}
 * @param routeClass {@code default} or the route with promises of its own
 * @param name {@code burn_1h}, {@code burn_6h}, {@code burn_1d}, {@code burn_3d}, {@code collapse},
 *     {@code collapse_30m}, {@code fast} or {@code high}
 * @param severity {@code page}, {@code high} or {@code ticket}
 * @param longWindow window that gives the evidence
 * @param shortWindow window that lets the alert clear; longWindow ÷ 12, or the same where one window serves
 * @param factor how many times faster than allowed the budget burns at the declared rate of the tier
 * @param threshold share of bad requests from which it fires
 * @param recentlyAbove share of bad requests that the last 5 min must exceed too, so that a page clears; pages only
 * @param sustained how long the condition must hold before it fires
 * @param minimumBad bad requests in the long window below which it does not fire; seconds, for availability
 * @param canFire whether the tier is of use; one that is not is left out of the rules, and named in the explanation
 */
public record BurnTier(
    String objective,
    String routeClass,
    String name,
    String severity,
    Duration longWindow,
    Duration shortWindow,
    BigDecimal factor,
    BigDecimal threshold,
    Optional<BigDecimal> recentlyAbove,
    Duration sustained,
    int minimumBad,
    boolean canFire) {

  /**
   * How long ago a page of two windows must have burnt as fast, too, within its last five minutes. Where little is allowed,
   * half a minute of failures spends what an hour may; but it is over, and wakes nobody.
   */
  public static final Duration LASTING = Duration.ofMinutes(6);

  /** Returns whether it is a page of two windows, which must have burnt {@link #LASTING} ago, too. */
  public boolean lasts() {
    return severity.equals("page") && !longWindow.equals(shortWindow);
  }
}
