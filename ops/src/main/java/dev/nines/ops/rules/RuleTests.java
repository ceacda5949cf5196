package dev.nines.ops.rules;

import dev.nines.derive.BurnTier;
import dev.nines.derive.Settings;
import dev.nines.derive.SlownessTier;
import dev.nines.targets.RecoveryTargets;
import dev.nines.targets.SaturationTargets;
import dev.nines.telemetry.Metrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Unit tests of the rules, for promtool. Each threshold is met from below, where its alert is silent, and from above, where it
 * fires: at {@value #BELOW} of it, so that a threshold which somebody halves is found.
 */
final class RuleTests {

  private static final double BELOW = 0.7;
  private static final double ABOVE = 2;
  private static final Duration HALF_MINUTE = Duration.ofSeconds(30);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration DAY = Duration.ofDays(1);

  /** A service whose rules are tested. */
  record Subject(Map<String, String> identity, String service, Settings settings) {}

  private final List<Subject> subjects;

  RuleTests(List<Subject> subjects) {
    this.subjects = List.copyOf(subjects);
  }

  /** Returns the tests of what shows within an hour or so. */
  String ofHours() {
    return Stream.of(
            burn(HALF_MINUTE, tier -> tier.name().equals("collapse"), Duration.ofMinutes(4)),
            burn(HALF_MINUTE, tier -> tier.name().equals("fast"), Duration.ofMinutes(8)),
            burn(HALF_MINUTE, tier -> tier.name().equals("high"), Duration.ofMinutes(14)),
            burn(HALF_MINUTE, tier -> tier.name().equals("collapse_30m"), Duration.ofMinutes(28)),
            burn(HALF_MINUTE, tier -> tier.name().equals("burn_1h"), Duration.ofMinutes(57)),
            clearing(),
            slowness(),
            unready("page", Alert.AVAILABILITY_BURN, Duration.ofHours(1), Duration.ofMinutes(59)),
            unready("ticket", Alert.AVAILABILITY_SLOW_BURN, DAY, Duration.ofMinutes(20)),
            states())
        .filter(group -> !group.isEmpty())
        .collect(Collectors.joining("\n", Timeline.head(List.of("rules.yaml"), HALF_MINUTE), ""));
  }

  /** Returns the tests of what takes hours and days; evaluated less often, for they would take minutes. */
  String ofDays() {
    return Stream.of(
            burn(
                Duration.ofMinutes(1),
                tier -> tier.name().equals("burn_6h"),
                Duration.ofMinutes(340)),
            burn(Duration.ofMinutes(1), tier -> tier.name().equals("burn_1d"), hours(23)),
            burn(Duration.ofMinutes(1), tier -> tier.name().equals("burn_3d"), hours(68)))
        .filter(group -> !group.isEmpty())
        .collect(Collectors.joining("\n", Timeline.head(List.of("rules.yaml"), FIVE_MINUTES), ""));
  }

  private String burn(Duration scrape, Predicate<BurnTier> which, Duration below) {
    Timeline timeline = new Timeline(scrape);
    boolean any = false;
    for (Subject subject : subjects) {
      for (BurnTier tier : subject.settings.burnTiers()) {
        if (which.test(tier) && tier.canFire()) {
          any = true;
          burn(timeline, subject, tier, below);
        }
      }
    }
    return any ? timeline.yaml() : "";
  }

  private void burn(Timeline timeline, Subject subject, BurnTier tier, Duration below) {
    double threshold = tier.threshold().doubleValue();
    Duration above = below.multipliedBy(2).dividedBy(5).plus(tier.sustained()).plus(FIVE_MINUTES);
    Duration end = below.plus(above);
    requests(
        timeline,
        subject,
        tier.objective(),
        tier.routeClass(),
        new double[] {1 / threshold, 1 / threshold},
        new double[] {BELOW * threshold, Math.min(1, ABOVE * threshold)},
        new Duration[] {below, above.plusMinutes(1)},
        0);
    Alert alert = alert(tier);
    String matchers = matchers(subject, alert, tier.objective(), tier.routeClass());
    String name = tier.name() + " of " + tier.objective() + ", " + tier.routeClass();
    timeline.firing(name + ": 70 % of the threshold", matchers, below, false);
    timeline.firing(name + ": more than the threshold", matchers, end, true);
  }

  /** After ten minutes of outage a page ends although a little is still failing, as is allowed. */
  private String clearing() {
    Timeline timeline = new Timeline(HALF_MINUTE);
    Duration before = Duration.ofMinutes(10);
    Duration outage = Duration.ofMinutes(10);
    for (Subject subject : subjects) {
      subject.settings.burnTiers().stream()
          .filter(tier -> tier.name().equals("collapse") && tier.canFire())
          .forEach(tier -> {
            double budget = tier.recentlyAbove().orElseThrow().doubleValue();
            requests(
                timeline,
                subject,
                tier.objective(),
                tier.routeClass(),
                new double[] {1 / budget, 1 / budget, 1 / budget},
                new double[] {0, 1, BELOW * budget},
                new Duration[] {before, outage, Duration.ofMinutes(12)},
                0);
            String matchers = matchers(subject, alert(tier), tier.objective(), tier.routeClass());
            String name = "an outage of " + tier.objective() + ", " + tier.routeClass();
            timeline.firing(name + " pages", matchers, before.plusMinutes(2), true);
            Duration over = before.plus(outage).plusMinutes(9).plusSeconds(30);
            timeline.firing(name + " is over", matchers, over, false);
          });
    }
    return timeline.yaml();
  }

  private String slowness() {
    Timeline timeline = new Timeline(HALF_MINUTE);
    for (Subject subject : subjects) {
      for (SlownessTier tier : subject.settings.slownessTiers()) {
        double threshold = tier.threshold().doubleValue();
        Duration below = tier.window().plus(tier.sustained()).plusMinutes(2);
        requests(
            timeline,
            subject,
            tier.objective(),
            tier.routeClass(),
            new double[] {1 / threshold, 1 / threshold},
            new double[] {BELOW * threshold, ABOVE * threshold},
            new Duration[] {below, below.plusMinutes(1)},
            1);
        Alert alert = tier.severity().equals("page") ? Alert.VERY_SLOW : Alert.SLOW;
        String matchers = matchers(subject, alert, tier.objective(), tier.routeClass());
        String name = "over 4 × " + tier.objective() + " of " + tier.routeClass();
        timeline.firing(name + ": 70 % of the threshold", matchers, below, false);
        timeline.firing(name + ": more than the threshold", matchers, below.multipliedBy(2), true);
      }
    }
    return timeline.yaml();
  }

  /** Unready for most of what is allowed, and later for as long again. */
  private String unready(String severity, Alert alert, Duration window, Duration from) {
    Timeline timeline = new Timeline(HALF_MINUTE);
    for (Subject subject : subjects) {
      double most = subject.settings.availabilityTiers().stream()
          .filter(tier -> tier.severity().equals(severity))
          .mapToDouble(tier -> Math.max(
              tier.minimumBad(),
              tier.threshold().doubleValue() * tier.longWindow().toSeconds()))
          .min()
          .orElse(window.toSeconds());
      int steps = (int) Math.floor(0.8 * most / HALF_MINUTE.toSeconds());
      Duration unready = HALF_MINUTE.multipliedBy(steps);
      Duration first = from.plus(unready);
      Duration second = first.plus(Duration.ofMinutes(31));
      Samples ready = new Samples()
          .constant(timeline.steps(from), 1)
          .constant(steps, 0)
          .constant(timeline.steps(Duration.ofMinutes(31)), 1)
          .constant(4 * steps, 0)
          .constant(timeline.steps(Duration.ofMinutes(65)), 1);
      known(timeline, subject, ready.length());
      timeline.series(Metrics.READY.name(), of(subject, Map.of()), ready);
      target(timeline, subject, "availability", "default", ready.length());
      String matchers = matchers(subject, alert, "availability", "default");
      boolean page = severity.equals("page");
      Duration told = page ? first : from.plusMinutes(11).plus(unready);
      Duration later = page
          ? second.plus(unready.multipliedBy(4))
          : second.plus(unready.multipliedBy(4)).plusMinutes(35);
      timeline.firing("unready for 80 % of what pages", matchers, told, false);
      timeline.firing("unready for longer", matchers, later, true);
    }
    return timeline.yaml();
  }

  private String states() {
    Timeline timeline = new Timeline(HALF_MINUTE);
    subjects.forEach(subject -> states(timeline, subject));
    return timeline.yaml();
  }

  private void states(Timeline timeline, Subject subject) {
    SaturationTargets full = subject.settings.targets().saturation();
    Map<String, Double> resources = new LinkedHashMap<>();
    resources.put("cpu", full.cpu().doubleValue());
    resources.put("memory", full.memory().doubleValue());
    resources.put("disk", full.disk().doubleValue());
    resources.forEach((resource, target) -> timeline.series(
        Metrics.SATURATION_TARGET.name(),
        of(subject, Map.of("resource", resource)),
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
    RecoveryTargets recovery = subject.settings.targets().recovery();
    for (String target : List.of("rpo", "restore")) {
      Duration promised = target.equals("rpo") ? recovery.rpo() : recovery.restore();
      timeline.series(
          Metrics.RECOVERY_TARGET.name(),
          of(subject, Map.of("target", target)),
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
    known(timeline, subject, 60);
    restarts(timeline, subject);
    timeline.series(
        Metrics.SERIES_LIMIT.name(), of(subject, Map.of()), new Samples().constant(80, 1000));
    timeline.series(
        Metrics.SERIES.name(),
        of(subject, Map.of()),
        new Samples().constant(40, 600).constant(40, 900));
    String near = matchers(subject, Alert.SERIES_NEAR_LIMIT);
    timeline.firing("60 % of all series", near, Duration.ofMinutes(19), false);
    timeline.firing("90 % of all series", near, Duration.ofMinutes(38), true);
  }

  private static void check(
      Timeline timeline, Subject subject, String metric, Alert alert, double low, double high) {
    rises(timeline, subject, metric, Map.of("check", alert.label()), alert, low, high);
  }

  private static void certificate(
      Timeline timeline, Subject subject, Alert alert, int daysBefore, int daysAfter) {
    check(
        timeline,
        subject,
        Metrics.CERTIFICATE_EXPIRY.name(),
        alert,
        Duration.ofDays(daysBefore).toSeconds(),
        Duration.ofDays(daysAfter).toSeconds());
  }

  /** A value that is fine for a quarter of an hour, and then isn't. */
  private static void rises(
      Timeline timeline,
      Subject subject,
      String metric,
      Map<String, String> labels,
      Alert alert,
      double low,
      double high) {
    timeline.series(
        metric, of(subject, labels), new Samples().constant(30, low).constant(30, high));
    StringBuilder matchers = new StringBuilder(matchers(subject, alert));
    labels.forEach((label, value) -> {
      if (!label.equals("state")) {
        matchers.append(",").append(label).append("=").append(Quoted.promQl(value));
      }
    });
    String name = alert.label() + labels.values();
    timeline.firing(name + " is silent", matchers.toString(), Duration.ofMinutes(14), false);
    timeline.firing(name + " fires", matchers.toString(), Duration.ofMinutes(29), true);
  }

  private static void restarts(Timeline timeline, Subject subject) {
    Samples starts = new Samples();
    for (int i = 0; i < 6; i++) {
      starts.constant(i == 2 ? 20 : 5, 1_000 * (i + 1));
    }
    timeline.series(Metrics.PROCESS_START.name(), of(subject, Map.of()), starts);
    String matchers = matchers(subject, Alert.RESTARTS);
    timeline.firing("two restarts", matchers, Duration.ofMinutes(14), false);
    timeline.firing("five restarts", matchers, Duration.ofMinutes(22), true);
  }

  private static void requests(
      Timeline timeline,
      Subject subject,
      String objective,
      String routeClass,
      double[] perSecond,
      double[] badShare,
      Duration[] lengths,
      double slowShare) {
    Samples good = new Samples();
    Samples bad = new Samples();
    Samples slow = new Samples();
    double kept = 0;
    double failed = 0;
    for (int phase = 0; phase < lengths.length; phase++) {
      double valid = Math.rint(perSecond[phase] * timeline.seconds());
      for (int i = 0; i < timeline.steps(lengths[phase]); i++) {
        good.constant(1, Math.floor(kept));
        bad.constant(1, Math.floor(failed));
        slow.constant(1, Math.floor(failed * slowShare));
        kept += valid * (1 - badShare[phase]);
        failed += valid * badShare[phase];
      }
    }
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("objective", objective);
    labels.put("route_class", routeClass);
    Map<String, String> all = of(subject, labels);
    timeline.series(Metrics.REQUESTS_GOOD.name(), all, good);
    timeline.series(Metrics.REQUESTS_BAD.name(), all, bad);
    if (slowShare > 0) {
      timeline.series(Metrics.REQUESTS_SLOW.name(), all, slow);
    }
    target(timeline, subject, objective, routeClass, good.length());
  }

  /** What a fleet's rules read, and a service's own do not. */
  private static void target(
      Timeline timeline, Subject subject, String objective, String routeClass, int steps) {
    BurnTier tier = Stream.concat(
            subject.settings.burnTiers().stream(), subject.settings.availabilityTiers().stream())
        .filter(t -> t.objective().equals(objective) && t.routeClass().equals(routeClass))
        .filter(t -> t.recentlyAbove().isPresent())
        .findFirst()
        .orElseThrow();
    timeline.series(
        Metrics.TARGET.name(),
        of(subject, Map.of("objective", objective, "route_class", routeClass)),
        new Samples()
            .constant(
                steps,
                BigDecimal.ONE.subtract(tier.recentlyAbove().orElseThrow()).doubleValue()));
  }

  private static void known(Timeline timeline, Subject subject, int steps) {
    timeline.series(
        Metrics.BUILD_INFO.name(), of(subject, Map.of()), new Samples().constant(steps, 1));
    timeline.series("up", of(subject, Map.of()), new Samples().constant(steps, 1));
  }

  private static Alert alert(BurnTier tier) {
    boolean latency = tier.objective().startsWith("latency");
    return switch (tier.name()) {
      case "fast" -> latency ? Alert.LATENCY_FAST_BURN : Alert.ERROR_FAST_BURN;
      case "high" -> latency ? Alert.LATENCY_HIGH_BURN : Alert.ERROR_HIGH_BURN;
      case "burn_1d", "burn_3d" -> latency ? Alert.LATENCY_SLOW_BURN : Alert.ERROR_SLOW_BURN;
      default -> latency ? Alert.LATENCY_BURN : Alert.ERROR_BURN;
    };
  }

  private static Map<String, String> of(Subject subject, Map<String, String> labels) {
    Map<String, String> all = new LinkedHashMap<>(subject.identity);
    all.put("instance", "one");
    all.putAll(labels);
    return all;
  }

  private static String matchers(
      Subject subject, Alert alert, String objective, String routeClass) {
    return matchers(subject, alert) + ",objective=" + Quoted.promQl(objective) + ",route_class="
        + Quoted.promQl(routeClass);
  }

  private static String matchers(Subject subject, Alert alert) {
    return "alertname=" + Quoted.promQl(alert.label()) + ",service="
        + Quoted.promQl(subject.service);
  }

  private static Duration hours(int count) {
    return Duration.ofHours(count);
  }
}
