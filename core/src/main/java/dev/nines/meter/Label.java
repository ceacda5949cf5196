package dev.nines.meter;

import java.util.List;
import java.util.Set;

/**
 * A label, and the bound on its values. What is beyond it is counted under {@code _OTHER}, so that no client can make
 * series without end.
 *
 * @param name in snake case
 * @param values all that it may have; empty if they are not known beforehand
 * @param most how many values it may have beside {@code _OTHER}, 1 to {@value #MOST}
 */
public record Label(String name, List<String> values, int most) {

  /** The value of what is beyond the bound, as OpenTelemetry has it. */
  public static final String OTHER = "_OTHER";

  /** The most values that a label may be declared with. */
  public static final int MOST = 1000;

  /** Prometheus' own, and those that it puts on every target; a metric's would be renamed to {@code exported_…}. */
  private static final Set<String> RESERVED = Set.of("le", "quantile", "job", "instance");

  public Label {
    Names.require("label", name);
    if (RESERVED.contains(name)) {
      throw new IllegalArgumentException(
          "label: " + name + " (expected: none of " + RESERVED.stream().sorted().toList() + ")");
    }
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException(
          "label." + name + ": " + most + " values (expected: 1 to " + MOST + ")");
    }
    values = List.copyOf(values);
    values.forEach(value -> requireUsable(name, value));
    if (Set.copyOf(values).size() != values.size()) {
      throw new IllegalArgumentException(
          "label." + name + ": " + values + " (expected: each value once)");
    }
  }

  /** Declares a label whose values are known; their series exist from the start, at zero. */
  public static Label of(String name, String... values) {
    return new Label(name, List.of(values), values.length);
  }

  /** Declares a label whose values come with the traffic: the first {@code most} have series, the rest are {@code _OTHER}. */
  public static Label upTo(String name, int most) {
    return new Label(name, List.of(), most);
  }

  boolean isClosed() {
    return !values.isEmpty();
  }

  private static void requireUsable(String name, String value) {
    if (!LabelValues.isUsable(value) || value.equals(OTHER)) {
      throw new IllegalArgumentException("label." + name + ": " + Shown.of(value)
          + " (expected: 1 to " + LabelValues.LONGEST
          + " characters without control characters, and not _OTHER)");
    }
  }
}
