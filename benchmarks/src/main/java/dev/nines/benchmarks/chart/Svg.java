package dev.nines.benchmarks.chart;

import java.util.List;

/** What the charts share. */
final class Svg {

  private static final List<String> COLORS =
      List.of("#888", "#1f77b4", "#2ca02c", "#d62728", "#9467bd", "#ff7f0e");

  private Svg() {}

  static String color(int index) {
    return COLORS.get(index % COLORS.size());
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
