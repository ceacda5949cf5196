package dev.nines.targets;

import java.time.Duration;

/**
 * How soon a failure is seen and mended.
 *
 * <p>Immutable and thread-safe.
 *
 * @param detection from the fault to the service's unreadiness showing; at least 5 s, below which checks would load what
 *     they check
 * @param restore from unready to ready again, for one instance
 * @param rollback how long the rollback of a deployment may take
 * @param rto recovery time objective: from disaster to service
 * @param rpo recovery point objective: the age that the newest good backup may reach
 */
public record RecoveryTargets(
    Duration detection, Duration restore, Duration rollback, Duration rto, Duration rpo) {

  /** The shortest detection time that can be promised. */
  public static final Duration SHORTEST_DETECTION = Duration.ofSeconds(5);

  public RecoveryTargets {
    if (detection.compareTo(SHORTEST_DETECTION) < 0) {
      throw Check.invalid(
          "recovery.detection",
          Durations.format(detection),
          "at least 5s: checks that run more often than once a second load what they check");
    }
    Check.positive("recovery.restore", restore);
    Check.positive("recovery.rollback", rollback);
    Check.positive("recovery.rto", rto);
    Check.positive("recovery.rpo", rpo);
  }
}
