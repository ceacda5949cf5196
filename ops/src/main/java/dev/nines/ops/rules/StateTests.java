package dev.nines.ops.rules;

import dev.nines.ops.generate.PromQl;
import dev.nines.targets.RecoveryTargets;
import dev.nines.targets.SaturationTargets;
import dev.nines.telemetry.Metrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tests of the alerts on what an instance says of itself: each value is fine for a quarter of an hour, and then isn't. */
final class StateTests {

  private static final double BELOW = 0.7;

  private StateTests() {}

  static void write(Timeline timeline, TestedService subject) {
    SaturationTargets full = subject.settings().targets().saturation();
    Map<String, Double> resources = new LinkedHashMap<>();
    resources.put("cpu", full.cpu().doubleValue());
    resources.put("memory", full.memory().doubleValue());
    resources.put("disk", full.disk().doubleValue());
    resources.forEach((resource, target) -> timeline.series(
        Metrics.SATURATION_TARGET.name(),
        subject.labels(Map.of("resource", resource)),
        new Samples().constant(60, target)));
    resources.put("threads", new BigDecimal(ServiceForm.OTHERWISE_FULL).doubleValue());
    resources.forEach((resource, target) -> rises(
        timeline,
        subject,
        Metrics.SATURATION.name(),
        Map.of("resource", resource),
        Alert.SATURATION,
        BELOW * target,
        Math.min(1, 1.1 * target)));
    RecoveryTargets recovery = subject.settings().targets().recovery();
    for (String target : List.of("rpo", "restore")) {
      Duration promised = target.equals("rpo") ? recovery.rpo() : recovery.restore();
      timeline.series(
          Metrics.RECOVERY_TARGET.name(),
          subject.labels(Map.of("target", target)),
          new Samples().constant(60, promised.toSeconds()));
    }
    double rpo = recovery.rpo().toSeconds();
    check(timeline, subject, Metrics.BACKUP_AGE.name(), Alert.BACKUP_OLD, BELOW * rpo, 1.1 * rpo);
    double restore = recovery.restore().toSeconds();
    rises(
        timeline,
        subject,
        Metrics.UNREADY.name(),
        Map.of(),
        Alert.RECOVERY_SLOW,
        BELOW * restore,
        1.1 * restore);
    double rotation = Duration.ofDays(90).toSeconds();
    check(
        timeline,
        subject,
        Metrics.SECRET_AGE.name(),
        Alert.SECRET_OLD,
        BELOW * rotation,
        1.1 * rotation);
    check(timeline, subject, Metrics.CHECK_FLAPPING.name(), Alert.FLAPPING, 0, 1);
    certificate(timeline, subject, Alert.CERTIFICATE_EXPIRING, 40, 20);
    certificate(timeline, subject, Alert.CERTIFICATE_ENDING, 8, 5);
    timeline.firing(
        "a certificate that is ending is not expiring as well",
        subject.matchers(Alert.CERTIFICATE_EXPIRING) + ","
            + PromQl.equal("check", Alert.CERTIFICATE_ENDING.label()),
        Duration.ofMinutes(29),
        false);
    rises(
        timeline,
        subject,
        Metrics.CHECK_STATUS.name(),
        Map.of("check", "mail", "state", "unhealthy"),
        Alert.CHECK_FAILING,
        0,
        1);
    rises(
        timeline,
        subject,
        Metrics.BREAKER_STATE.name(),
        Map.of("dependency", "mail", "state", "open"),
        Alert.BREAKER_OPEN,
        0,
        1);
    subject.known(timeline, 60);
    restarts(timeline, subject);
    timeline.series(
        Metrics.SERIES_LIMIT.name(), subject.labels(Map.of()), new Samples().constant(80, 1000));
    timeline.series(
        Metrics.SERIES.name(),
        subject.labels(Map.of()),
        new Samples().constant(40, 600).constant(40, 900));
    String near = subject.matchers(Alert.SERIES_NEAR_LIMIT);
    timeline.firing("60 % of all series", near, Duration.ofMinutes(19), false);
    timeline.firing("90 % of all series", near, Duration.ofMinutes(38), true);
  }

  private static void check(
      Timeline timeline,
      TestedService subject,
      String metric,
      Alert alert,
      double low,
      double high) {
    rises(timeline, subject, metric, Map.of("check", alert.label()), alert, low, high);
  }

  private static void certificate(
      Timeline timeline, TestedService subject, Alert alert, int daysBefore, int daysAfter) {
    check(
        timeline,
        subject,
        Metrics.CERTIFICATE_EXPIRY.name(),
        alert,
        Duration.ofDays(daysBefore).toSeconds(),
        Duration.ofDays(daysAfter).toSeconds());
  }

  private static void rises(
      Timeline timeline,
      TestedService subject,
      String metric,
      Map<String, String> labels,
      Alert alert,
      double low,
      double high) {
    timeline.series(
        metric, subject.labels(labels), new Samples().constant(30, low).constant(30, high));
    StringBuilder matchers = new StringBuilder(subject.matchers(alert));
    labels.forEach((label, value) -> {
      if (!label.equals("state")) {
        matchers.append(",").append(PromQl.equal(label, value));
      }
    });
    String name = alert.label() + labels.values();
    timeline.firing(name + " is silent", matchers.toString(), Duration.ofMinutes(14), false);
    timeline.firing(name + " fires", matchers.toString(), Duration.ofMinutes(29), true);
  }

  private static void restarts(Timeline timeline, TestedService subject) {
    Samples starts = new Samples();
    for (int i = 0; i < 6; i++) {
      starts.constant(i == 2 ? 20 : 5, 1_000 * (i + 1));
    }
    timeline.series(Metrics.PROCESS_START.name(), subject.labels(Map.of()), starts);
    String matchers = subject.matchers(Alert.RESTARTS);
    timeline.firing("two restarts", matchers, Duration.ofMinutes(14), false);
    timeline.firing("five restarts", matchers, Duration.ofMinutes(22), true);
  }
}
