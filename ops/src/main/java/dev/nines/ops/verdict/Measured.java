package dev.nines.ops.verdict;

import java.util.List;
import java.util.Map;

/**
 * What a group of instances did in some time.
 *
 * @param counters what its counters rose by
 * @param saturation mean of each resource, over time and instances
 * @param seconds length of the time
 * @param throughputs requests per second in stretches of that time, each as long as the watch; empty where unknown
 */
record Measured(
    Counters counters, Map<String, Double> saturation, double seconds, List<Double> throughputs) {

  static final Measured NONE = new Measured(Counters.NONE, Map.of(), 0, List.of());

  Measured {
    saturation = Map.copyOf(saturation);
    throughputs = List.copyOf(throughputs);
  }

  /** Returns valid requests per second; 0 where no time passed. */
  double throughput() {
    return seconds > 0 ? counters.requests() / seconds : 0;
  }
}
