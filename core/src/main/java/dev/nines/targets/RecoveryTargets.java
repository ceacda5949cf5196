package dev.nines.targets;

import java.time.Duration;

/**
 * How soon a failure is seen and mended.
 *
 * <p>Immutable and thread-safe.
 *
 * @param detection from the fault to the service's unreadiness showing; 5 s to 1 h; below, checks would load what they
 *     check
 * @param restore from unready to ready again, for one instance; at most 365 d, as are the following
 * @param rollback how long the rollback of a deployment may take; at most rto
 * @param rto recovery time objective: from disaster to service; at least detection + restore
 * @param rpo recovery point objective: the age that the newest good backup may reach
 */
public record RecoveryTargets(
    Duration detection, Duration restore, Duration rollback, Duration rto, Duration rpo) {

  /** The shortest detection time that can be promised. */
  public static final Duration SHORTEST_DETECTION = Duration.ofSeconds(5);

  private static final Duration LONGEST_DETECTION = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(365);

  public RecoveryTargets {
    Problems problems = new Problems();
    problems.check(detection, RecoveryTargets::checkDetection);
    problems.check(restore, d -> Check.positive("recovery.restore", d, LONGEST));
    problems.check(rollback, d -> Check.positive("recovery.rollback", d, LONGEST));
    problems.check(rto, d -> Check.positive("recovery.rto", d, LONGEST));
    problems.check(rpo, d -> Check.positive("recovery.rpo", d, LONGEST));
    if (problems.none()) {
      checkTogether(problems, detection.plus(restore), rollback, rto);
    }
    problems.throwIfAny();
  }

  private static void checkDetection(Duration detection) {
    if (detection.compareTo(SHORTEST_DETECTION) < 0) {
      throw Check.invalid(
          "recovery.detection",
          Durations.format(detection),
          "at least 5s: checks that run more often than once a second load what they check");
    }
    Check.between("recovery.detection", detection, SHORTEST_DETECTION, LONGEST_DETECTION);
  }

  private static void checkTogether(
      Problems problems, Duration seenAndRestored, Duration rollback, Duration rto) {
    if (rto.compareTo(seenAndRestored) < 0) {
      problems.add(
          "recovery.rto",
          Durations.format(rto),
          "at least detection + restore, " + Durations.format(seenAndRestored)
              + ": nothing is recovered before one instance is");
    }
    if (rollback.compareTo(rto) > 0) {
      problems.add(
          "recovery.rollback",
          Durations.format(rollback),
          "at most recovery.rto, " + Durations.format(rto)
              + ": a rollback is one of the ways to recover");
    }
  }
}
