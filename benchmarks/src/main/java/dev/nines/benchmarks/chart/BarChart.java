package dev.nines.benchmarks.chart;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Horizontal bars, one for each name.
 *
 * @param title above them
 * @param bars values of at least 0, drawn in their order
 */
public record BarChart(String title, Map<String, Double> bars) {

  private static final int ROW = 34;
  private static final int LEFT = 170;
  private static final int WIDTH = 720;
  private static final int TOP = 46;

  public BarChart {
    bars = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(bars));
  }

  /** Returns the picture. */
  public String svg() {
    double most = bars.values().stream().mapToDouble(v -> v).max().orElse(1);
    StringBuilder svg = new StringBuilder(
        String.format(Locale.ROOT, """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="14">
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="16" y="28" font-size="16">%s</text>
        """, WIDTH, TOP + ROW * bars.size() + 12, Svg.escape(title)));
    int row = 0;
    for (Map.Entry<String, Double> bar : bars.entrySet()) {
      int y = TOP + ROW * row;
      double length = bar.getValue() / most * (WIDTH - LEFT - 110);
      svg.append(String.format(
          Locale.ROOT,
          """
          <text x="16" y="%d">%s</text>
          <rect x="%d" y="%d" width="%.1f" height="22" fill="%s"/>
          <text x="%.1f" y="%d">%,.0f</text>
          """,
          y + 17,
          Svg.escape(bar.getKey()),
          LEFT,
          y,
          length,
          Svg.color(row),
          LEFT + length + 8,
          y + 17,
          bar.getValue()));
      row++;
    }
    return svg.append("</svg>\n").toString();
  }
}
