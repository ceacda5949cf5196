package dev.nines.ops.rules;

import dev.nines.derive.BurnTier;
import dev.nines.derive.SlownessTier;
import java.time.Duration;

/**
 * Tests of the alerts on requests. Each tier sees, one after the other: a few requests that are all bad, which are no evidence;
 * a share of bad requests below its threshold; and one above it. The few are half as many again as half of the minimum, and the
 * lower share is over half of the threshold, so that a number which somebody halves is found.
 */
final class RequestTests {

  private static final double BELOW = 0.9;
  private static final double ABOVE = 2;

  /** Requests a second beside which six bad ones of five minutes are more than any budget allows. */
  private static final double A_LITTLE = 0.1;

  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private RequestTests() {}

  static void burn(Timeline timeline, TestedService subject, BurnTier tier) {
    double threshold = tier.threshold().doubleValue();
    Duration window = tier.longWindow();
    // what a window has not seen counts as good: in six tenths of it, this is 54 % of the threshold
    Duration below = atLeast(part(window, 0.6), tier.shortWindow()).plus(tier.sustained());
    Duration above = part(window, 0.28).plus(tier.sustained()).plus(FIVE_MINUTES);
    Alert alert = alert(tier);
    String name = tier.name() + " of " + tier.objective() + ", " + tier.routeClass();
    Course course = new Course(timeline, subject, tier.objective(), tier.routeClass());
    few(course, timeline, tier);
    course
        .silent(alert, name + ": three bad requests and no other")
        .then(below, 1 / threshold, BELOW * threshold)
        .silent(alert, name + ": 90 % of the threshold")
        .then(above, 1 / threshold, Math.min(1, ABOVE * threshold))
        .fires(alert, name + ": more than the threshold")
        .write(false);
  }

  /** Three bad requests, as close together as the tier needs them, while nothing else comes. */
  private static void few(Course course, Timeline timeline, BurnTier tier) {
    Duration window = tier.longWindow();
    if (window.equals(tier.shortWindow())) {
      if (tier.sustained().isZero()) {
        // served well before, so that the tiers of two windows, which share the alert, see that it
        // has not lasted
        course.then(MINUTE.multipliedBy(6), A_LITTLE, 0);
      } else {
        course.idle(MINUTE.multipliedBy(2));
      }
      sparse(course, timeline, window, tier.sustained());
      return;
    }
    Duration few = Duration.ofMinutes(15);
    // so much of the window must have been seen for three of three to be above the threshold
    Duration seen = part(window, 1.3 * tier.threshold().doubleValue()).minus(few);
    double perStep = timeline.seconds() / FIVE_MINUTES.toSeconds();
    course.idle(atLeast(whole(seen), FIVE_MINUTES.multipliedBy(2))).onlyBad(few, perStep);
    if (tier.sustained().isZero()) {
      // a page reads what was summed at the evaluation before, and wants bad requests of the last
      // minutes
      course.onlyBad(window.compareTo(HOUR) > 0 ? FIVE_MINUTES : MINUTE, perStep);
    } else {
      // a ticket reads sums of half hours, one of which must have ended
      course.idle(HALF_HOUR.plus(FIVE_MINUTES));
    }
  }

  /** Never fewer than three in the window, however its edges fall, nor more than four. */
  private static void sparse(
      Course course, Timeline timeline, Duration window, Duration sustained) {
    course.onlyBad(window.plus(sustained).plus(MINUTE), 3.0 / (timeline.steps(window) - 1));
  }

  /** After ten minutes of outage a page ends although a little is still failing, as is allowed. */
  static void clearing(Timeline timeline, TestedService subject, BurnTier tier) {
    double budget = tier.recentlyAbove().orElseThrow().doubleValue();
    Alert alert = alert(tier);
    String name = "an outage of " + tier.objective() + ", " + tier.routeClass();
    new Course(timeline, subject, tier.objective(), tier.routeClass())
        .then(MINUTE.multipliedBy(10), 1 / budget, 0)
        .then(MINUTE.multipliedBy(2), 1 / budget, 1)
        .fires(alert, name + " pages")
        .then(MINUTE.multipliedBy(8), 1 / budget, 1)
        .then(Duration.ofSeconds(570), 1 / budget, 0.7 * budget)
        .silent(alert, name + " is over")
        .write(false);
  }

  static void slowness(Timeline timeline, TestedService subject, SlownessTier tier) {
    double threshold = tier.threshold().doubleValue();
    Duration length = tier.window().plus(tier.sustained()).plusMinutes(2);
    Alert alert = tier.severity().equals(Severity.PAGE.label()) ? Alert.VERY_SLOW : Alert.SLOW;
    String name = "over 4 × " + tier.objective() + " of " + tier.routeClass();
    Course course = new Course(timeline, subject, tier.objective(), tier.routeClass());
    course.idle(MINUTE.multipliedBy(2));
    sparse(course, timeline, tier.window(), tier.sustained());
    course
        .silent(alert, name + ": three requests and no other")
        .then(length, 1 / threshold, BELOW * threshold)
        .silent(alert, name + ": 90 % of the threshold")
        .then(length, 1 / threshold, ABOVE * threshold)
        .fires(alert, name + ": more than the threshold")
        .write(true);
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

  /** Returns a part of a time, up to the next whole step of five minutes, in which long windows are summed. */
  private static Duration part(Duration time, double share) {
    return time.compareTo(Duration.ofMinutes(30)) < 0
        ? Duration.ofSeconds(30 * (long) Math.ceil(time.toSeconds() * share / 30))
        : whole(Duration.ofSeconds((long) (time.toSeconds() * share)));
  }

  private static Duration whole(Duration time) {
    long step = FIVE_MINUTES.toSeconds();
    return Duration.ofSeconds(Math.max(0, Math.floorDiv(time.toSeconds() + step - 1, step) * step));
  }

  private static Duration atLeast(Duration time, Duration least) {
    return time.compareTo(least) < 0 ? least : time;
  }
}
