package dev.nines.health;

import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Compares the age of backups, whoever publishes it, with the recovery point objective: older, and a disaster now would lose
 * more than was promised. Thread-safe.
 */
final class BackupWatch {

  private final double rpoSeconds;
  private final IncidentEvents events;
  // Guarded by this.
  private final List<Backup> backups = new ArrayList<>();

  BackupWatch(Duration rpo, IncidentEvents events) {
    this.rpoSeconds = rpo.toSeconds();
    this.events = events;
  }

  /** Watches every backup that is published, before or after. */
  void follow(Instruments instruments) {
    instruments.renderTo(this::add);
  }

  /** Tells of each backup that grew too old, or is young enough again. */
  synchronized void look() {
    for (Backup backup : backups) {
      double age = backup.age();
      boolean tooOld = age > rpoSeconds;
      // Not a number means that nobody knows, which changes nothing here; its check says so.
      if (!Double.isNaN(age) && tooOld != backup.tooOld) {
        backup.tooOld = tooOld;
        events.backup(backup.check, age, rpoSeconds, tooOld);
      }
    }
  }

  synchronized List<RecoveryReport.Backup> report() {
    return backups.stream()
        .map(backup -> {
          double age = backup.age();
          return new RecoveryReport.Backup(backup.check, age, age <= rpoSeconds);
        })
        .toList();
  }

  private synchronized void add(Instrument instrument) {
    if (instrument.metric().name().equals(Metrics.BACKUP_AGE.name())) {
      backups.add(new Backup(instrument.labelValues().get(0), instrument.value()));
    }
  }

  private static final class Backup {

    private final String check;
    private final DoubleSupplier age;
    private boolean tooOld;

    Backup(String check, DoubleSupplier age) {
      this.check = check;
      this.age = age;
    }

    /** A supplier that fails knows nothing; whoever renders its series tells why. */
    double age() {
      try {
        return age.getAsDouble();
      } catch (RuntimeException e) {
        return Double.NaN;
      }
    }
  }
}
