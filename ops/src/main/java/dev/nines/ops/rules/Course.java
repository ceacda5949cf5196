package dev.nines.ops.rules;

import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests of one promise as they come over time, with what its alert is to say. Not thread-safe. */
final class Course {

  private final Timeline timeline;
  private final TestedService subject;
  private final String objective;
  private final String routeClass;
  private final Samples good = new Samples();
  private final Samples bad = new Samples();
  private double kept;
  private double failed;
  private Duration now = Duration.ZERO;

  Course(Timeline timeline, TestedService subject, String objective, String routeClass) {
    this.timeline = timeline;
    this.subject = subject;
    this.objective = objective;
    this.routeClass = routeClass;
  }

  /** Goes on for so long with requests of which a share is bad. */
  Course then(Duration length, double perSecond, double badShare) {
    return steps(length, Math.rint(perSecond * timeline.seconds()), badShare);
  }

  /** Goes on for so long without a request. */
  Course idle(Duration length) {
    return steps(length, 0, 0);
  }

  /** Goes on for so long with a bad request now and then, and no other: {@code perStep} of them between two samples. */
  Course onlyBad(Duration length, double perStep) {
    return steps(length, perStep, 1);
  }

  private Course steps(Duration length, double valid, double badShare) {
    for (int i = 0; i < timeline.steps(length); i++) {
      // a sum of fractions may fall short of a whole request by the last digit
      good.constant(1, Math.floor(kept + 1e-9));
      bad.constant(1, Math.floor(failed + 1e-9));
      kept += valid * (1 - badShare);
      failed += valid * badShare;
    }
    now = now.plus(length);
    return this;
  }

  Course silent(Alert alert, String name) {
    return firing(alert, name, false);
  }

  Course fires(Alert alert, String name) {
    return firing(alert, name, true);
  }

  private Course firing(Alert alert, String name, boolean expected) {
    timeline.firing(name, subject.matchers(alert, objective, routeClass), now, expected);
    return this;
  }

  /** Adds all of it to the timeline; where they are asked for, bad requests are far too slow as well. */
  void write(boolean slow) {
    good.constant(2, Math.floor(kept + 1e-9));
    bad.constant(2, Math.floor(failed + 1e-9));
    Map<String, String> promise = new LinkedHashMap<>();
    promise.put("objective", objective);
    promise.put("route_class", routeClass);
    Map<String, String> labels = subject.labels(promise);
    timeline.series(Metrics.REQUESTS_GOOD.name(), labels, good);
    timeline.series(Metrics.REQUESTS_BAD.name(), labels, bad);
    if (slow) {
      timeline.series(Metrics.REQUESTS_SLOW.name(), labels, bad);
    }
    subject.target(timeline, objective, routeClass, good.length());
  }
}
