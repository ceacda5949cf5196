package dev.nines.ops.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What alerts must say, and must not, at any budget: each situation runs after clean time, and most again on new series. */
final class Situations {

  static final String PAGE = "severity=\"page\"";
  static final String HIGH = "severity=\"high\"";
  static final String TICKET = "severity=\"ticket\"";

  private static final String LATENCY_PAGE = "severity=\"page\",alertname=~\"NinesLatency.*\"";

  private Situations() {}

  /** Returns all that shows within half an hour. */
  static List<Situation> ofMinutes(Duration clean, double budget) {
    List<Situation> all = new ArrayList<>();
    minutes(all, clean, budget);
    return all;
  }

  /** Returns what takes an hour, and what must be silent for as long. */
  static List<Situation> ofAnHour(Duration clean, double budget) {
    List<Situation> all = new ArrayList<>();
    hours(all, clean, budget);
    return all;
  }

  /** Returns those of latency, at the budgets of p99 and p95. */
  static List<Situation> ofLatencies(Duration clean) {
    List<Situation> all = new ArrayList<>();
    latencies(all, clean);
    return all;
  }

  /** Returns what takes days, after three clean ones. */
  static List<Situation> ofDays(double budget) {
    List<Situation> all = new ArrayList<>();
    days(all, budget);
    return all;
  }

  private static void minutes(List<Situation> all, Duration clean, double b) {
    boolean fast = 30 * b < 0.5;
    double burst = Math.min(200 * b, 40 * b < 1 && 200 * b > 1 ? 40 * b : 1);
    all.add(Situation.after(clean, "outage", b, 1)
        .then(minutes(10), 1, 1)
        .then(minutes(12), 1, 0)
        .fires(PAGE, minutes(2))
        .fires(PAGE, minutes(10))
        .silentAt(PAGE, minutes(20)));
    all.add(Situation.fresh(clean, "outage", b).then(minutes(10), 1, 1).fires(PAGE, minutes(2)));
    all.add(Situation.after(clean, "outage_born_late", b, 1)
        .withBadBornLate()
        .then(minutes(10), 1, 1)
        .fires(PAGE, minutes(2)));
    all.add(Situation.after(clean, "outage_fifth", b, 5)
        .then(minutes(10), 1, 1)
        .fires(PAGE, minutes(2)));
    if (fast) {
      for (Situation s : both(clean, "burst", b, 0.1 / burst)) {
        all.add(s.then(minutes(10), 0.1 / burst, burst).fires(PAGE, minutes(5)));
      }
    }
    if (fast && 50 * b < 1) {
      for (Situation s : both(clean, "fifty", b, 0.25 / (50 * b))) {
        all.add(s.then(minutes(10), 0.25 / (50 * b), 50 * b).fires(PAGE, minutes(5)));
      }
    }
    all.add(Situation.after(clean, "resets", b, 0.1 / b)
        .then(minutes(5), 0.1 / b, b / 2)
        .reset()
        .then(minutes(5), 0.1 / b, b / 2)
        .reset()
        .then(minutes(15), 0.1 / b, b / 2)
        .never(""));
    for (Situation s : both(clean, "scrapes", b, 0.1 / b)) {
      all.add(s.then(minutes(4), 0.1 / b, b / 2)
          .failedScrapes(seconds(15), 0.1 / b)
          .then(minutes(4), 0.1 / b, b / 2)
          .failedScrapes(seconds(30), 0.1 / b)
          .then(minutes(20), 0.1 / b, b / 2)
          .never(""));
    }
    for (double rate : new double[] {0.5, 5, 50}) {
      for (Situation s : both(clean, "blip_" + (int) (10 * rate), b, rate)) {
        all.add(s.then(seconds(30), rate, 1).then(minutes(20), rate, 0).never(PAGE));
      }
    }
    for (int failures = 1; failures <= 2; failures++) {
      for (Situation s : both(clean, "rare_" + failures, b, 1 / 60.0)) {
        all.add(s.then(minutes(failures), 1 / 60.0, 1)
            .then(minutes(20 - failures), 1 / 60.0, 0)
            .never(PAGE));
      }
    }
    for (Situation s : both(clean, "rare_outage", b, 1 / 60.0)) {
      all.add(s.then(minutes(31), 1 / 60.0, 1).fires(PAGE, minutes(30)));
    }
    all.add(Situation.after(clean, "rare_spread", b, 1 / 60.0)
        .spreadOver(3)
        .then(minutes(31), 1 / 60.0, 1)
        .fires(PAGE, minutes(30)));
  }

  private static void hours(List<Situation> all, Duration clean, double b) {
    for (Situation s : both(clean, "twenty", b, 0.1 / (20 * b))) {
      all.add(s.then(minutes(61), 0.1 / (20 * b), Math.min(1, 20 * b))
          .fires(HIGH, minutes(10))
          .fires(PAGE, minutes(60)));
    }
    for (Situation s : both(clean, "half", b, 0.1 / b)) {
      all.add(s.then(minutes(61), 0.1 / b, b / 2).never(""));
    }
    all.add(Situation.after(clean, "idle", b, 1).then(minutes(61), 0, 0).never(""));
    all.add(Situation.fresh(clean, "idle", b).then(minutes(61), 0, 0).never(""));
    all.add(Situation.after(clean, "only_good", b, 1)
        .withoutBadSeries()
        .then(minutes(61), 1, 0)
        .never(""));
    all.add(Situation.after(clean, "aborts", b, 5).then(minutes(61), 0.5, 0).never(""));
    for (int failures = 1; failures <= 2; failures++) {
      for (Situation s : both(clean, "rare_" + failures, b, 1 / 60.0)) {
        all.add(s.then(minutes(failures), 1 / 60.0, 1)
            .then(minutes(60 - failures), 1 / 60.0, 0)
            .never(PAGE));
      }
    }
    all.add(Situation.after(clean, "resets", b, 0.1 / b)
        .then(minutes(10), 0.1 / b, b / 2)
        .reset()
        .then(minutes(10), 0.1 / b, b / 2)
        .reset()
        .then(minutes(30), 0.1 / b, b / 2)
        .never(""));
    for (Situation s : both(clean, "scrapes", b, 0.1 / b)) {
      all.add(s.then(minutes(4), 0.1 / b, b / 2)
          .failedScrapes(seconds(15), 0.1 / b)
          .then(minutes(4), 0.1 / b, b / 2)
          .failedScrapes(seconds(30), 0.1 / b)
          .then(minutes(20), 0.1 / b, b / 2)
          .never(""));
    }
  }

  private static void latencies(List<Situation> all, Duration clean) {
    for (Situation s : both(clean, "p99_slow", 0.01, 1)) {
      all.add(s.of("latency_p99").then(minutes(10), 1, 1).fires(PAGE, minutes(2)));
    }
    for (Situation s : both(clean, "p95_slow", 0.05, 1)) {
      all.add(s.of("latency_p95").then(minutes(10), 1, 1).fires(PAGE, minutes(5)));
    }
    for (Situation s : both(clean, "p99_far", 0.01, 5)) {
      all.add(s.of("latency_p99")
          .slow(1)
          .then(minutes(10), 5, 0.02)
          .fires("alertname=\"NinesVerySlow\"", minutes(5)));
    }
    for (Situation s : both(clean, "p95_far", 0.05, 5)) {
      all.add(s.of("latency_p95")
          .slow(1)
          .then(minutes(12), 5, 0.08)
          .fires("alertname=\"NinesSlow\"", minutes(11))
          .never(PAGE));
    }
    all.add(Situation.after(clean, "p99_not_far", 0.01, 5)
        .of("latency_p99")
        .slow(0.4)
        .then(minutes(12), 5, 0.02)
        .never("alertname=\"NinesVerySlow\""));
    for (Situation s : both(clean, "p99_blip", 0.01, 5)) {
      all.add(s.of("latency_p99")
          .slow(1)
          .then(seconds(30), 5, 1)
          .then(minutes(20), 5, 0)
          .never(PAGE));
    }
    // in an outage nothing is left for latency to count
    all.add(Situation.after(clean, "outage_latency", 0.01, 5)
        .of("latency_p99")
        .then(minutes(15), 0, 0)
        .then(minutes(15), 5, 0)
        .never(LATENCY_PAGE));
  }

  private static void days(List<Situation> all, double b) {
    Duration clean = Duration.ofDays(3);
    double rate = 0.1 / b;
    for (Situation s : both(clean, "three", b, rate)) {
      all.add(s.then(Duration.ofHours(24), rate, 3 * b)
          .fires(TICKET, Duration.ofHours(24))
          .never(PAGE));
    }
    for (Situation s : both(clean, "five", b, rate)) {
      all.add(s.then(Duration.ofHours(24), rate, 5 * b)
          .fires(TICKET, Duration.ofHours(24))
          .never(PAGE));
    }
    for (Situation s : both(clean, "one_and_a_half", b, rate)) {
      all.add(s.then(Duration.ofDays(4), rate, 1.5 * b)
          .fires(TICKET, Duration.ofDays(4))
          .never(PAGE));
    }
    for (Situation s : both(clean, "half_for_days", b, rate)) {
      all.add(s.then(Duration.ofDays(4), rate, 0.5 * b).never(""));
    }
  }

  private static List<Situation> both(Duration clean, String name, double b, double perSecond) {
    return List.of(Situation.after(clean, name, b, perSecond), Situation.fresh(clean, name, b));
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }
}
