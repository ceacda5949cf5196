package dev.nines.meter;

import java.util.ArrayList;
import java.util.List;

/** What a metric's labels amount to together. */
final class LabelSets {

  private LabelSets() {}

  /** Requires that the labels' names differ and that their bounds, multiplied, stay within the most series. */
  static void require(String metric, List<Label> labels) {
    if (labels.stream().map(Label::name).distinct().count() != labels.size()) {
      throw new IllegalArgumentException(
          metric + ".labels: " + labels + " (expected: each name once)");
    }
    long product = 1;
    for (Label label : labels) {
      product *= label.most();
      if (product > ServiceMetrics.MOST_SERIES) {
        throw new IllegalArgumentException(metric + ".labels: " + product
            + " combinations or more (expected: at most " + ServiceMetrics.MOST_SERIES
            + "; fewer labels, or closer bounds)");
      }
    }
  }

  /** Returns the combinations that are known beforehand; none if a label is open, one of no values without labels. */
  static List<List<String>> known(List<Label> labels) {
    List<List<String>> sets = List.of(List.of());
    for (Label label : labels) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> set : sets) {
        for (String value : label.values()) {
          List<String> more = new ArrayList<>(set);
          more.add(value);
          longer.add(List.copyOf(more));
        }
      }
      sets = longer;
    }
    return sets;
  }
}
