package dev.nines.ops.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What a watch tells people. */
final class Wording {

  private Wording() {}

  /** {@code errors}, or {@code latency_p99 of POST /orders}. */
  static String name(Comparison comparison) {
    return comparison.whole()
        ? comparison.objective().name()
        : comparison.objective().name() + " of " + comparison.objective().routeClass();
  }

  static String worse(Comparison comparison) {
    String before = comparison.before().total() > 0
        ? "it was " + Shown.percent(comparison.before().share()) + " of "
            + Shown.count(comparison.before().total()) + " before"
        : "nothing is known of before";
    return name(comparison) + ": " + Shown.percent(comparison.after().share()) + " of "
        + Shown.count(comparison.after().total()) + " requests are bad, "
        + Shown.percent(comparison.allowed()) + " are allowed, and " + before;
  }

  static String notShown(Comparison comparison) {
    Tally after = comparison.after();
    if (after.total() == 0) {
      return name(comparison) + ": there was no request to judge by";
    }
    return name(comparison) + ": " + Shown.count(after.bad()) + " of " + Shown.count(after.total())
        + " requests were bad, so it can be up to " + Shown.percent(comparison.atMost())
        + ", and " + Shown.percent(comparison.limit()) + " is allowed";
  }

  static String progress(
      Plan plan, Fleet fleet, List<Comparison> comparisons, Measured after, Instant now) {
    String when = fleet
        .candidates()
        .began()
        .map(began ->
            Shown.length(Duration.between(began, now)) + " of " + Shown.length(plan.duration()))
        .orElse(
            fleet.version().isPresent() && fleet.judged().findAny().isPresent()
                ? "warming up"
                : "waiting for the version");
    long there = fleet.judged().count();
    long ready =
        fleet.judged().filter(instance -> instance.ready().orElse(true)).count();
    return when + " · " + ready + " of " + (there + fleet.missing().size()) + " ready · "
        + Shown.count(after.counters().requests()) + " requests · "
        + comparisons.stream()
            .filter(Comparison::whole)
            .map(Wording::share)
            .collect(Collectors.joining(" · "));
  }

  private static String share(Comparison comparison) {
    return name(comparison) + " "
        + (comparison.after().total() > 0 ? Shown.percent(comparison.after().share()) : "–")
        + (comparison.before().total() > 0
            ? " (before " + Shown.percent(comparison.before().share()) + ")"
            : "");
  }
}
