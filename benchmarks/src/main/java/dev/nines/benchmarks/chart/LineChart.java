package dev.nines.benchmarks.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Curves over a logarithmic axis: how something grows with how many there are.
 *
 * @param title above them
 * @param axis what is counted below
 * @param curves by name, each a value for a number of at least 1
 */
public record LineChart(String title, String axis, Map<String, TreeMap<Integer, Double>> curves) {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;
  private static final int LEFT = 80;
  private static final int RIGHT = 170;
  private static final int TOP = 48;
  private static final int BOTTOM = 48;

  /** Returns the picture; each curve is drawn from 0 to its own greatest value's scale, which all share. */
  public String svg() {
    List<Integer> ticks = curves.values().stream()
        .flatMap(curve -> curve.keySet().stream())
        .distinct()
        .sorted()
        .toList();
    double most = curves.values().stream()
        .flatMap(curve -> curve.values().stream())
        .mapToDouble(v -> v)
        .max()
        .orElse(1);
    StringBuilder svg = new StringBuilder(String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="16" y="28" font-size="16">%s</text>
        <path d="M%d %dV%dH%d" stroke="#333" fill="none"/>
        <text x="%d" y="%d">%s</text>
        <text x="16" y="%d">%,.0f</text>
        <text x="16" y="%d">0</text>
        """,
        WIDTH,
        HEIGHT,
        Svg.escape(title),
        LEFT,
        TOP,
        HEIGHT - BOTTOM,
        WIDTH - RIGHT,
        LEFT,
        HEIGHT - 12,
        Svg.escape(axis),
        TOP + 4,
        most,
        HEIGHT - BOTTOM));
    for (int tick : ticks) {
      svg.append(String.format(
          Locale.ROOT,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n",
          x(tick, ticks),
          HEIGHT - BOTTOM + 16,
          tick));
    }
    int row = 0;
    for (Map.Entry<String, TreeMap<Integer, Double>> curve : curves.entrySet()) {
      svg.append(curve(curve.getKey(), curve.getValue(), ticks, most, row++));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String curve(
      String name, TreeMap<Integer, Double> values, List<Integer> ticks, double most, int row) {
    StringBuilder points = new StringBuilder();
    values.forEach((count, value) ->
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(count, ticks), y(value, most))));
    return String.format(
        Locale.ROOT,
        """
        <polyline points="%s" stroke="%s" stroke-width="2" fill="none"/>
        <text x="%d" y="%d" fill="%s">%s</text>
        """,
        points.toString().strip(),
        Svg.color(row + 1),
        WIDTH - RIGHT + 8,
        TOP + 10 + 18 * row,
        Svg.color(row + 1),
        Svg.escape(name));
  }

  private static double x(int count, List<Integer> ticks) {
    double from = Math.log(ticks.get(0));
    double to = Math.log(ticks.get(ticks.size() - 1));
    double share = to == from ? 0 : (Math.log(count) - from) / (to - from);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value, double most) {
    return HEIGHT - BOTTOM - (most == 0 ? 0 : value / most) * (HEIGHT - TOP - BOTTOM);
  }
}
