package dev.nines.health;

import dev.nines.targets.RecoveryTargets;
import java.time.Duration;
import java.util.List;

/**
 * What was promised of recovery, and what was kept since the start, as this instance saw it. Immutable.
 *
 * @param targets what was promised
 * @param detection how soon failures were found
 * @param unready how long the instance was unready
 * @param backups how old the backups are
 */
record RecoveryReport(
    RecoveryTargets targets, Detection detection, Unready unready, List<Backup> backups) {

  RecoveryReport {
    backups = List.copyOf(backups);
  }

  /**
   * Over all checks; each time is an upper bound, from the begin of the last run that did not fail.
   *
   * @param failures how many were found
   * @param late how many of them after the target
   * @param longest the slowest; zero before the first
   */
  record Detection(long failures, long late, Duration longest) {}

  /**
   * Unready periods; start and drain are none.
   *
   * @param incidents how many are over
   * @param overRestore how many of them took longer than the restore target, those over the RTO included
   * @param overRto how many took longer than the RTO
   * @param last how long the last took; zero before the first
   * @param longest how long the longest took; zero before the first
   * @param current how long the present one takes so far; zero while ready
   */
  record Unready(
      long incidents,
      long overRestore,
      long overRto,
      Duration last,
      Duration longest,
      Duration current) {}

  /**
   * One kind of backup.
   *
   * @param check the check that watches it
   * @param ageSeconds age of the newest good one; not a number while it cannot be told
   * @param withinRpo whether that is at most the recovery point objective; false while it cannot be told
   */
  record Backup(String check, double ageSeconds, boolean withinRpo) {}
}
