package dev.nines.ops.prometheus;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One series over time.
 *
 * @param labels all of its labels
 * @param points its values, in the order of time; where there was none, there is no point
 */
public record Series(Map<String, String> labels, List<Point> points) {

  public Series {
    labels = Map.copyOf(labels);
    points = List.copyOf(points);
  }

  /** Returns the value of a label; empty where the series has none of that name, as PromQL has it. */
  public String label(String label) {
    return labels.getOrDefault(label, "");
  }

  /**
   * One of its values.
   *
   * @param value may be infinite or not a number
   */
  public record Point(Instant at, double value) {}
}
