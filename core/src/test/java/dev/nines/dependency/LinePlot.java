package dev.nines.dependency;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over two axes that begin at zero, as SVG; the same input gives the same text. */
final class LinePlot {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 300;
  private static final int LEFT = 56;
  private static final int TOP = 36;
  private static final int PLOT_WIDTH = WIDTH - LEFT - 20;
  private static final int PLOT_HEIGHT = HEIGHT - TOP - 48;
  private static final int TICKS = 5;
  private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73"};

  private final String title;
  private final String xName;
  private final String yName;
  private final double xMost;
  private final double yMost;
  private final List<String> lines = new ArrayList<>();

  LinePlot(String title, String xName, String yName, double xMost, double yMost) {
    this.title = title;
    this.xName = xName;
    this.yName = yName;
    this.xMost = xMost;
    this.yMost = yMost;
  }

  void line(String name, List<double[]> points) {
    String colour = COLOURS[lines.size() / 2];
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? "" : " ").append(x(point[0])).append(',').append(y(point[1]));
    }
    int row = TOP + 16 + 16 * (lines.size() / 2);
    lines.add("<polyline fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\" points=\""
        + path + "\"/>");
    lines.add(text(WIDTH - 28, row, "end", name, " fill=\"" + colour + "\""));
  }

  String svg() {
    StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + WIDTH + " " + HEIGHT + "\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n"
        + "<title>" + title + "</title>\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    svg.append(text(LEFT, 20, "start", title, " font-weight=\"bold\"")).append('\n');
    for (int tick = 0; tick <= TICKS; tick++) {
      double x = xMost * tick / TICKS;
      double y = yMost * tick / TICKS;
      svg.append(rule(x(0), y(y), x(xMost), y(y)));
      svg.append(text(LEFT - 6, y(y) + 4, "end", label(y), "")).append('\n');
      svg.append(text(x(x), TOP + PLOT_HEIGHT + 16, "middle", label(x), "")).append('\n');
    }
    svg.append(text(LEFT + PLOT_WIDTH / 2, HEIGHT - 8, "middle", xName, "")).append('\n');
    svg.append("<text x=\"14\" y=\"" + (TOP + PLOT_HEIGHT / 2)
        + "\" text-anchor=\"middle\" transform=\"rotate(-90 14 " + (TOP + PLOT_HEIGHT / 2) + ")\">"
        + yName + "</text>\n");
    lines.forEach(line -> svg.append(line).append('\n'));
    return svg.append("</svg>\n").toString();
  }

  private int x(double value) {
    return (int) Math.round(LEFT + PLOT_WIDTH * value / xMost);
  }

  private int y(double value) {
    return (int) Math.round(TOP + PLOT_HEIGHT * (1 - value / yMost));
  }

  private static String rule(int x1, int y1, int x2, int y2) {
    return "<path stroke=\"#d0d0d0\" d=\"M" + x1 + " " + y1 + "L" + x2 + " " + y2 + "\"/>\n";
  }

  private static String text(int x, int y, String anchor, String text, String more) {
    return "<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\"" + more + ">"
        + text + "</text>";
  }

  private static String label(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
