package dev.nines.ops.verdict;

import java.util.HashMap;
import java.util.Map;

/**
 * Cumulative counters of one instance, or what they rose by.
 *
 * @param tallies good and bad requests by promise
 * @param durations durations of the requests that were no errors
 */
record Counters(Map<Objective, Tally> tallies, Buckets durations) {

  static final Counters NONE = new Counters(Map.of(), Buckets.NONE);

  Counters {
    tallies = Map.copyOf(tallies);
  }

  Counters plus(Counters other) {
    Map<Objective, Tally> sum = new HashMap<>(tallies);
    other.tallies.forEach((objective, tally) -> sum.merge(objective, tally, Tally::plus));
    return new Counters(sum, durations.plus(other.durations));
  }

  Counters since(Counters earlier) {
    Map<Objective, Tally> rises = new HashMap<>();
    tallies.forEach((objective, tally) ->
        rises.put(objective, tally.since(earlier.tallies.getOrDefault(objective, Tally.NONE))));
    return new Counters(rises, durations.since(earlier.durations));
  }

  /** Returns the requests of an objective, those of all route classes together. */
  Tally pooled(String objective) {
    return tallies.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(objective))
        .map(Map.Entry::getValue)
        .reduce(Tally.NONE, Tally::plus);
  }

  Tally of(Objective objective) {
    return tallies.getOrDefault(objective, Tally.NONE);
  }

  /** Returns all valid requests. */
  double requests() {
    return pooled(Objective.ERRORS).total();
  }
}
