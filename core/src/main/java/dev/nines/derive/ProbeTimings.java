package dev.nines.derive;

import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * The platform's probes of {@code /ready} and {@code /startup}, derived so that detection in the worst case keeps the
 * target.
 *
 * @param periodSeconds time between two probes
 * @param failureThreshold failed probes in a row after which the instance gets no traffic
 * @param timeoutSeconds limit of one probe
 * @param startupFailureThreshold failed start-up probes, one each period, after which the platform restarts
 * @param graceSeconds time between the platform's SIGTERM and its SIGKILL
 */
public record ProbeTimings(
    int periodSeconds,
    int failureThreshold,
    int timeoutSeconds,
    int startupFailureThreshold,
    int graceSeconds) {

  private static final int LONGEST_PERIOD = 10;
  private static final int MOST_FAILURES = 3;

  /** Kubernetes' default, and enough for an endpoint that reads memory. */
  private static final int TIMEOUT = 1;

  /** Derives the probes from what the checks leave of the promised detection time, in whole seconds. */
  static ProbeTimings derive(ReliabilityTargets targets, CheckTimings checks) {
    BigDecimal room = room(targets.recovery().detection(), checks);
    int period = Math.max(1, Math.min(LONGEST_PERIOD, wholeQuotient(room, MOST_FAILURES)));
    int failures = Math.min(MOST_FAILURES, wholeQuotient(room, period));
    int start = Amounts.secondsUp(targets.lifecycle().start());
    return new ProbeTimings(
        period,
        failures,
        TIMEOUT,
        -Math.floorDiv(-start, period),
        Amounts.secondsUp(targets.lifecycle().grace()));
  }

  /**
   * Returns the longest time from a fault until the platform sends no more traffic: the checks' worst case, then every
   * probe, the last of which may hang until its timeout.
   */
  public Duration worstCase(CheckTimings checks) {
    return checks.worstCase().plusSeconds((long) periodSeconds * failureThreshold + timeoutSeconds);
  }

  static BigDecimal room(Duration detection, CheckTimings checks) {
    return Amounts.seconds(detection.minus(checks.worstCase()).minusSeconds(TIMEOUT));
  }

  private static int wholeQuotient(BigDecimal room, int divisor) {
    return room.divide(BigDecimal.valueOf(divisor), 0, RoundingMode.FLOOR).intValueExact();
  }
}
