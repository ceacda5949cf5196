package dev.nines.health;

import dev.nines.targets.Durations;
import tools.jackson.databind.node.ObjectNode;

/** Writes what was promised of recovery, and what was kept; times in seconds. */
final class RecoveryJson {

  private RecoveryJson() {}

  static void write(ObjectNode body, RecoveryReport report) {
    RecoveryReport.Detection detection = report.detection();
    body.putObject("detection")
        .put("targetSeconds", Durations.seconds(report.targets().detection()))
        .put("failures", detection.failures())
        .put("late", detection.late())
        .put("longestSeconds", Durations.seconds(detection.longest()));
    RecoveryReport.Unready unready = report.unready();
    body.putObject("unready")
        .put("restoreSeconds", Durations.seconds(report.targets().restore()))
        .put("rtoSeconds", Durations.seconds(report.targets().rto()))
        .put("incidents", unready.incidents())
        .put("overRestore", unready.overRestore())
        .put("overRto", unready.overRto())
        .put("lastSeconds", Durations.seconds(unready.last()))
        .put("longestSeconds", Durations.seconds(unready.longest()))
        .put("currentSeconds", Durations.seconds(unready.current()));
    ObjectNode backups = body.putObject("backups");
    for (RecoveryReport.Backup backup : report.backups()) {
      ObjectNode one = backups.putObject(backup.check());
      if (Double.isNaN(backup.ageSeconds())) {
        one.putNull("ageSeconds");
      } else {
        one.put("ageSeconds", backup.ageSeconds());
      }
      one.put("rpoSeconds", Durations.seconds(report.targets().rpo()));
      one.put("withinRpo", backup.withinRpo());
    }
  }
}
