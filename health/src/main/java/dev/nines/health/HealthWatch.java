package dev.nines.health;

import dev.nines.targets.RecoveryTargets;

/**
 * All that is looked at after each result and each step of the scheduler: conditions, readiness, backups. Thread-safe.
 *
 * @param targets what was promised of recovery
 */
record HealthWatch(
    RecoveryTargets targets, ChangeWatch changes, ReadinessWatch readiness, BackupWatch backups) {

  void look() {
    changes.look();
    readiness.look();
    backups.look();
  }

  RecoveryReport report() {
    return new RecoveryReport(targets, changes.report(), readiness.report(), backups.report());
  }
}
