package dev.nines.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.targets.RecoveryTargets;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class RecoveryJsonTest {

  @Test
  void promisesStandBesideWhatWasKeptAndAnUnknownAgeIsNull() {
    RecoveryReport report = new RecoveryReport(
        new RecoveryTargets(seconds(30), seconds(60), seconds(300), seconds(900), seconds(3_600)),
        new RecoveryReport.Detection(5, 2, Duration.ofMillis(31_500)),
        new RecoveryReport.Unready(4, 3, 1, seconds(61), seconds(901), seconds(7)),
        List.of(
            new RecoveryReport.Backup("orders-backup", 120.5, true),
            new RecoveryReport.Backup("lost-backup", Double.NaN, false)));

    assertThat(text(report))
        .isEqualTo("{\"detection\":{\"targetSeconds\":30.0,\"failures\":5,\"late\":2,"
            + "\"longestSeconds\":31.5},"
            + "\"unready\":{\"restoreSeconds\":60.0,\"rtoSeconds\":900.0,\"incidents\":4,"
            + "\"overRestore\":3,\"overRto\":1,\"lastSeconds\":61.0,\"longestSeconds\":901.0,"
            + "\"currentSeconds\":7.0},"
            + "\"backups\":{"
            + "\"orders-backup\":{\"ageSeconds\":120.5,\"rpoSeconds\":3600.0,\"withinRpo\":true},"
            + "\"lost-backup\":{\"ageSeconds\":null,\"rpoSeconds\":3600.0,\"withinRpo\":false}}}");
  }

  private static String text(RecoveryReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      RecoveryJson.write(json, report);
    }
    return text.toString();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
