package dev.nines.ops.prometheus;

import java.util.Map;

/**
 * The value of one series at one time.
 *
 * @param name the metric's name; empty for the result of a calculation
 * @param labels its other labels
 * @param value may be infinite or not a number
 */
public record Sample(String name, Map<String, String> labels, double value) {

  public Sample {
    labels = Map.copyOf(labels);
  }

  /** Returns the value of a label; empty where the series has none of that name, as PromQL has it. */
  public String label(String label) {
    return labels.getOrDefault(label, "");
  }
}
