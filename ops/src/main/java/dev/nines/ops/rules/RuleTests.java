package dev.nines.ops.rules;

import dev.nines.derive.BurnTier;
import dev.nines.derive.SlownessTier;
import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Unit tests of the rules, for promtool. Each threshold is met from below, where its alert is silent, and from above, where it
 * fires: at more than half of it, so that a threshold which somebody halves is found.
 */
final class RuleTests {

  private static final Duration HALF_MINUTE = Duration.ofSeconds(30);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration DAY = Duration.ofDays(1);

  private final List<TestedService> subjects;

  RuleTests(List<TestedService> subjects) {
    this.subjects = List.copyOf(subjects);
  }

  /** Returns the tests of what shows within an hour or so. */
  String ofHours() {
    return file(
        HALF_MINUTE,
        burn(HALF_MINUTE, "collapse"),
        burn(HALF_MINUTE, "fast"),
        burn(HALF_MINUTE, "high"),
        burn(HALF_MINUTE, "collapse_30m"),
        burn(HALF_MINUTE, "burn_1h"),
        clearing(),
        slowness(),
        unready("page", Alert.AVAILABILITY_BURN, Duration.ofHours(1), Duration.ofMinutes(59)),
        unready("ticket", Alert.AVAILABILITY_SLOW_BURN, DAY, Duration.ofMinutes(20)),
        states());
  }

  /** Returns the tests of what takes hours and days; evaluated less often, for they would take minutes. */
  String ofDays() {
    return file(
        FIVE_MINUTES, burn(MINUTE, "burn_6h"), burn(MINUTE, "burn_1d"), burn(MINUTE, "burn_3d"));
  }

  private static String file(Duration evaluation, String... groups) {
    return Stream.of(groups)
        .filter(group -> !group.isEmpty())
        .collect(Collectors.joining("\n", Timeline.head(List.of("rules.yaml"), evaluation), ""));
  }

  private String burn(Duration scrape, String name) {
    Timeline timeline = new Timeline(scrape);
    boolean any = false;
    for (TestedService subject : subjects) {
      for (BurnTier tier : subject.settings().burnTiers()) {
        if (tier.name().equals(name) && tier.canFire()) {
          any = true;
          RequestTests.burn(timeline, subject, tier);
        }
      }
    }
    return any ? timeline.yaml() : "";
  }

  private String clearing() {
    Timeline timeline = new Timeline(HALF_MINUTE);
    for (TestedService subject : subjects) {
      subject.settings().burnTiers().stream()
          .filter(tier -> tier.name().equals("collapse") && tier.canFire())
          .forEach(tier -> RequestTests.clearing(timeline, subject, tier));
    }
    return timeline.yaml();
  }

  private String slowness() {
    Timeline timeline = new Timeline(HALF_MINUTE);
    for (TestedService subject : subjects) {
      for (SlownessTier tier : subject.settings().slownessTiers()) {
        RequestTests.slowness(timeline, subject, tier);
      }
    }
    return timeline.yaml();
  }

  /** Unready for most of what is allowed, and later for as long again. */
  private String unready(String severity, Alert alert, Duration window, Duration from) {
    Timeline timeline = new Timeline(HALF_MINUTE);
    for (TestedService subject : subjects) {
      double most = subject.settings().availabilityTiers().stream()
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
      subject.known(timeline, ready.length());
      timeline.series(Metrics.READY.name(), subject.labels(Map.of()), ready);
      subject.target(timeline, "availability", "default", ready.length());
      String matchers = subject.matchers(alert, "availability", "default");
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
    subjects.forEach(subject -> StateTests.write(timeline, subject));
    return timeline.yaml();
  }
}
