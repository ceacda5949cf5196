package dev.nines.derive;

import dev.nines.targets.LatencyTarget;
import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An alert on requests that are slower than {@value #MULTIPLE} × their target: it tells of a service that crawls, which burns
 * the same budget as one that is a little late. A quantile from p99 on wakes somebody within minutes, for then nearly
 * everybody is served and nearly everybody waits; a lower one can wait for a longer window.
 *
 * @param objective {@code latency_p99}, …
 * @param routeClass {@code default} or the route with promises of its own
 * @param severity {@code page} or {@code high}
 * @param window over which requests are counted
 * @param target the promised latency
 * @param threshold share of the requests above which the quantile lies over the limit: 1 − quantile
 * @param sustained how long the condition must hold; longer than the window, so that half a minute never fires
 * @param minimumBad requests over the limit in the window below which it does not fire
 */
public record SlownessTier(
    String objective,
    String routeClass,
    String severity,
    Duration window,
    Duration target,
    BigDecimal threshold,
    Duration sustained,
    int minimumBad) {

  /** How many times its target a latency must be to count. */
  public static final int MULTIPLE = 4;

  private static final BigDecimal PAGES_FROM = new BigDecimal("0.99");
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Duration LATER = Duration.ofMinutes(5);

  /** Half a minute that is bad stays in the window for as long as the window is. */
  private static final Duration BLIP = Duration.ofSeconds(30);

  /** Returns the latency from which a request counts as slow. */
  public Duration limit() {
    return target.multipliedBy(MULTIPLE);
  }

  static List<SlownessTier> derive(ReliabilityTargets targets) {
    List<SlownessTier> tiers = new ArrayList<>();
    for (String routeClass : RouteClasses.of(targets)) {
      targets.latency(routeClass).targets().forEach(t -> tiers.add(of(routeClass, t)));
    }
    return List.copyOf(tiers);
  }

  private static SlownessTier of(String routeClass, LatencyTarget target) {
    boolean pages = target.quantile().compareTo(PAGES_FROM) >= 0;
    Duration window = pages ? SOON : LATER;
    return new SlownessTier(
        target.objective(),
        routeClass,
        pages ? "page" : "high",
        window,
        target.threshold(),
        target.slowBudget(),
        window.plus(BLIP),
        BurnTiers.MINIMUM_BAD);
  }
}
