package dev.nines.ops.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests of one service as they come over time, and what alerts are to say of them. Times of expectations count from the end
 * of the clean time before.
 */
final class Situation {

  private static final double ALMOST = 1e-9;

  private record Phase(Duration length, double perSecond, double badShare, Kind kind) {}

  private record Expectation(String matchers, Duration at, boolean firing, boolean always) {}

  private enum Kind {
    COUNTED,
    ABSENT,
    SCRAPE_FAILED,
    RESET
  }

  final String name;
  final double budget;
  private final Duration clean;
  private final List<Phase> phases = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private String objective = "errors";
  private double slowShare;
  private int classes = 1;
  private boolean badBornLate;
  private boolean badMissing;

  private Situation(String name, double budget, Duration clean) {
    this.name = name;
    this.budget = budget;
    this.clean = clean;
  }

  /** A service that has served well for a while. */
  static Situation after(Duration clean, String name, double budget, double perSecond) {
    Situation situation = new Situation(name, budget, clean);
    situation.phases.add(new Phase(clean, perSecond, 0, Kind.COUNTED));
    return situation;
  }

  /** A service whose series begin where the others' clean time ends. */
  static Situation fresh(Duration clean, String name, double budget) {
    Situation situation = new Situation(name + "_new", budget, clean);
    situation.phases.add(new Phase(clean, 0, 0, Kind.ABSENT));
    return situation;
  }

  Situation of(String otherObjective) {
    objective = otherObjective;
    return this;
  }

  Situation spreadOver(int routeClasses) {
    classes = routeClasses;
    return this;
  }

  Situation withBadBornLate() {
    badBornLate = true;
    return this;
  }

  Situation withoutBadSeries() {
    badMissing = true;
    return this;
  }

  /** Of the bad requests, so many take over four times their target. */
  Situation slow(double share) {
    slowShare = share;
    return this;
  }

  Situation then(Duration length, double perSecond, double badShare) {
    phases.add(new Phase(length, perSecond, badShare, Kind.COUNTED));
    return this;
  }

  Situation failedScrapes(Duration length, double perSecond) {
    phases.add(new Phase(length, perSecond, 0, Kind.SCRAPE_FAILED));
    return this;
  }

  /** The process begins anew, its counters at zero. */
  Situation reset() {
    phases.add(new Phase(Duration.ZERO, 0, 0, Kind.RESET));
    return this;
  }

  Situation fires(String matchers, Duration at) {
    expectations.add(new Expectation(matchers, at, true, false));
    return this;
  }

  Situation silentAt(String matchers, Duration at) {
    expectations.add(new Expectation(matchers, at, false, false));
    return this;
  }

  /** Expects silence over all of its time. */
  Situation never(String matchers) {
    expectations.add(new Expectation(matchers, length().minus(clean), false, true));
    return this;
  }

  Duration length() {
    return phases.stream().map(Phase::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** Adds what is counted, under labels that tell it from other situations. */
  void writeTo(Timeline timeline, Map<String, String> identity, boolean ownClass) {
    for (int i = 0; i < classes; i++) {
      Map<String, String> labels = new HashMap<>(identity);
      labels.put("instance", "a");
      labels.put("objective", objective);
      if (!ownClass) {
        labels.put("route_class", i == 0 ? "default" : "GET /" + i);
      } else if (i > 0) {
        labels.put("route_class", identity.get("route_class") + "_" + i);
      }
      write(timeline, labels, i);
    }
  }

  /** Adds what is expected of alerts that the identity finds. */
  void expectIn(Timeline timeline, String identity) {
    for (Expectation expected : expectations) {
      String matchers = identity + (expected.matchers.isEmpty() ? "" : "," + expected.matchers);
      Duration at = clean.plus(expected.at);
      if (expected.always) {
        timeline.silent(name, matchers, at.plusMinutes(1), at);
      } else {
        timeline.firing(name, matchers, at, expected.firing);
      }
    }
  }

  /** Names of the route classes beyond the first. */
  List<String> furtherClasses(String first) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < classes; i++) {
      names.add(first + "_" + i);
    }
    return names;
  }

  private void write(Timeline timeline, Map<String, String> labels, int shift) {
    Samples good = new Samples();
    Samples bad = new Samples();
    Samples slow = new Samples();
    double kept = shift / (double) classes;
    double failed = shift / (double) classes;
    for (Phase phase : phases) {
      if (phase.kind == Kind.RESET) {
        kept = 0;
        failed = 0;
      }
      int steps = timeline.steps(phase.length);
      double perStep = phase.perSecond * timeline.seconds() / classes;
      for (int i = 0; i < steps; i++) {
        if (phase.kind == Kind.ABSENT || phase.kind == Kind.SCRAPE_FAILED) {
          good.missing(1);
          bad.missing(1);
          slow.missing(1);
        } else {
          double whole = Math.floor(failed + ALMOST);
          good.constant(1, Math.floor(kept + ALMOST));
          if (badBornLate && whole == 0) {
            bad.missing(1);
          } else {
            bad.constant(1, whole);
          }
          slow.constant(1, Math.floor(failed * slowShare + ALMOST));
        }
        if (phase.kind != Kind.ABSENT) {
          kept += perStep * (1 - phase.badShare);
          failed += perStep * phase.badShare;
        }
      }
    }
    timeline.series("nines_requests_good_total", labels, good);
    if (!badMissing) {
      timeline.series("nines_requests_bad_total", labels, bad);
    }
    if (!objective.equals("errors")) {
      timeline.series("nines_requests_slow_total", labels, slow);
    }
    timeline.series(
        "nines_target_ratio", labels, new Samples().constant(good.length(), 1 - budget));
  }
}
