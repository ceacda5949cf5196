package dev.nines.derive;

import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** From when a resource that is over its target matters, and how much of one there is where no system says so. */
public final class SaturationRules {

  /** How long a resource must stay above its target to count as saturated: the short window of the fastest burn tier. */
  public static final Duration SUSTAINED = BurnTiers.CLEARING;

  private static final BigDecimal REST = new BigDecimal("0.25");

  private SaturationRules() {}

  /**
   * Returns the used share from which a disk is full: three quarters of the way from its target to the end, 95 % for a
   * target of 80 %. That is Elasticsearch's flood stage, at which it stops writing.
   *
   * @see <a href="https://www.elastic.co/guide/en/elasticsearch/reference/current/modules-cluster.html">Elasticsearch,
   *     disk-based shard allocation</a>
   */
  public static BigDecimal fullDisk(BigDecimal target) {
    return BigDecimal.ONE.subtract(BigDecimal.ONE.subtract(target).multiply(REST));
  }

  /**
   * Returns how many requests may be in flight, if a peak of traffic is declared: by Little's law as many as arrive during
   * the latency that the service promises, rounded up. With more than that in flight at the peak, the promise is broken.
   */
  public static Optional<BigDecimal> requestsInFlight(ReliabilityTargets targets) {
    BigDecimal each = Amounts.seconds(targets.latency().governing().threshold());
    return targets.peakRequestsPerSecond().map(peak -> peak.multiply(each)
        .setScale(0, RoundingMode.CEILING));
  }
}
