package dev.nines.derive;

import java.math.BigDecimal;
import java.time.Duration;

/** From when a resource that is over its target matters, and from when a disk is as good as full. */
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
}
