package dev.nines.derive;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * How calls that are declared idempotent are repeated.
 *
 * @param attempts most attempts of one call, the first included
 * @param attemptTimeout time after which an attempt is given up for the next one, if there may be a next
 * @param backoff most time before the second attempt, even in [0, this); it doubles with each further one
 * @param extraLoad most repetitions, as a share of the first attempts of repeatable calls within {@code window}
 * @param window over which that share holds
 */
public record RetryRules(
    int attempts,
    Duration attemptTimeout,
    Duration backoff,
    BigDecimal extraLoad,
    Duration window) {

  /** As in the standard mode of AWS's SDKs. */
  private static final int ATTEMPTS = 3;

  /** More would make an outage worse; Google's SRE book gives clients the same. */
  private static final BigDecimal EXTRA_LOAD = new BigDecimal("0.1");

  private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

  static RetryRules derive(Duration slowCallThreshold, Duration deadline, Duration detection) {
    Duration patience = Amounts.largest(slowCallThreshold, BreakerRules.SHORTEST_DEADLINE);
    return new RetryRules(
        ATTEMPTS,
        Amounts.least(patience, deadline),
        Amounts.clamp(Amounts.over(deadline, "10"), SHORTEST_BACKOFF, LONGEST_BACKOFF),
        EXTRA_LOAD,
        detection);
  }
}
