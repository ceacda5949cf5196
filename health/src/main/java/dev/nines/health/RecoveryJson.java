package dev.nines.health;

import dev.nines.targets.Durations;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/** Writes what was promised of recovery, and what was kept; times in seconds. */
final class RecoveryJson {

  private RecoveryJson() {}

  static void write(JsonGenerator body, RecoveryReport report) {
    body.writeStartObject();
    body.writeName("detection");
    detection(body, report);
    body.writeName("unready");
    unready(body, report);
    body.writeObjectPropertyStart("backups");
    for (RecoveryReport.Backup backup : report.backups()) {
      body.writeName(backup.check());
      backup(body, backup, report.targets().rpo());
    }
    body.writeEndObject();
    body.writeEndObject();
  }

  private static void detection(JsonGenerator body, RecoveryReport report) {
    RecoveryReport.Detection detection = report.detection();
    body.writeStartObject();
    seconds(body, "targetSeconds", report.targets().detection());
    body.writeNumberProperty("failures", detection.failures());
    body.writeNumberProperty("late", detection.late());
    seconds(body, "longestSeconds", detection.longest());
    body.writeEndObject();
  }

  private static void unready(JsonGenerator body, RecoveryReport report) {
    RecoveryReport.Unready unready = report.unready();
    body.writeStartObject();
    seconds(body, "restoreSeconds", report.targets().restore());
    seconds(body, "rtoSeconds", report.targets().rto());
    body.writeNumberProperty("incidents", unready.incidents());
    body.writeNumberProperty("overRestore", unready.overRestore());
    body.writeNumberProperty("overRto", unready.overRto());
    seconds(body, "lastSeconds", unready.last());
    seconds(body, "longestSeconds", unready.longest());
    seconds(body, "currentSeconds", unready.current());
    body.writeEndObject();
  }

  private static void backup(JsonGenerator body, RecoveryReport.Backup backup, Duration rpo) {
    body.writeStartObject();
    if (Double.isNaN(backup.ageSeconds())) {
      body.writeNullProperty("ageSeconds");
    } else {
      body.writeNumberProperty("ageSeconds", backup.ageSeconds());
    }
    seconds(body, "rpoSeconds", rpo);
    body.writeBooleanProperty("withinRpo", backup.withinRpo());
    body.writeEndObject();
  }

  private static void seconds(JsonGenerator body, String name, Duration duration) {
    body.writeNumberProperty(name, Durations.seconds(duration));
  }
}
