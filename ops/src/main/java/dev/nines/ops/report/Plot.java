package dev.nines.ops.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Lines over time as inline SVG, with their targets dashed, incidents as bands and deployments as ticks. A page with them needs
 * neither scripts nor a library of charts, and can be read by whoever cannot see it: each has a title.
 */
final class Plot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 200;
  private static final int LEFT = 64;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 24;
  private static final int GRID = 4;

  private final ServiceReport report;
  private final String title;
  private final List<ServiceReport.Line> lines;
  private final DoubleFunction<String> unit;
  private final double most;
  private final StringBuilder svg = new StringBuilder();

  Plot(
      ServiceReport report,
      String title,
      List<ServiceReport.Line> lines,
      DoubleFunction<String> unit) {
    this.report = report;
    this.title = title;
    this.lines = lines;
    this.unit = unit;
    this.most = most(lines);
  }

  /** A target is always in the picture, and a line never at its edge. */
  private static double most(List<ServiceReport.Line> lines) {
    double most = 0;
    for (ServiceReport.Line line : lines) {
      most = Math.max(most, line.target().orElse(0.0));
      for (ServiceReport.Point point : line.points()) {
        most = Math.max(most, point.value());
      }
    }
    return most > 0 ? most * 1.1 : 1;
  }

  String svg() {
    svg.append("<svg viewBox=\"0 0 ")
        .append(WIDTH)
        .append(' ')
        .append(HEIGHT)
        .append("\" role=\"img\" aria-label=\"")
        .append(HtmlForm.escaped(title))
        .append("\">")
        .append("<title>")
        .append(HtmlForm.escaped(title))
        .append("</title>\n");
    incidents();
    grid();
    days();
    deployments();
    for (int i = 0; i < lines.size(); i++) {
      target(lines.get(i), i);
      line(lines.get(i), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void incidents() {
    for (ServiceReport.Incident incident : report.incidents()) {
      double from = x(incident.from());
      add(
          "<rect class=\"incident\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
          from, TOP, Math.max(2, x(incident.to()) - from), HEIGHT - TOP - BOTTOM);
    }
  }

  private void grid() {
    for (int i = 0; i <= GRID; i++) {
      double value = most * i / GRID;
      add(
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
          LEFT, WIDTH - RIGHT, y(value), y(value));
      add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
          LEFT - 6, y(value) + 4, unit.apply(value));
    }
  }

  private void days() {
    Duration window = Duration.between(report.from(), report.to());
    int parts = (int) Math.max(1, Math.min(7, window.toDays()));
    for (int i = 0; i < parts; i++) {
      Instant at = report.from().plus(window.multipliedBy(i).dividedBy(parts));
      String label = window.toDays() >= 2 ? Text.day(at) : Text.at(at).substring(11);
      add("<text x=\"%.1f\" y=\"%d\">%s</text>%n", x(at), HEIGHT - 6, label);
    }
  }

  private void deployments() {
    for (ServiceReport.Deployment deployment : report.deployments()) {
      double at = x(deployment.at());
      add(
          "<line class=\"deployment%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"><title>%s</title></line>%n",
          deployment.isFailed() ? " failed" : "",
          at,
          at,
          TOP,
          HEIGHT - BOTTOM,
          HtmlForm.escaped(deployment.version() + " " + deployment.outcome()));
    }
  }

  private void target(ServiceReport.Line line, int index) {
    line.target()
        .ifPresent(target -> add(
            "<line class=\"target line%d\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
            index, LEFT, WIDTH - RIGHT, y(target), y(target)));
  }

  /** Where nothing was seen, the line has a gap. */
  private void line(ServiceReport.Line line, int index) {
    List<String> path = new ArrayList<>();
    Duration gap = Duration.between(report.from(), report.to()).dividedBy(100);
    Instant last = Instant.MIN;
    for (ServiceReport.Point point : line.points()) {
      boolean joined =
          last.isAfter(Instant.MIN) && Duration.between(last, point.at()).compareTo(gap) <= 0;
      path.add(String.format(
          Locale.ROOT, "%s%.1f %.1f", joined ? "L" : "M", x(point.at()), y(point.value())));
      last = point.at();
    }
    add("<path class=\"line%d\" d=\"%s\"/>%n", index, String.join("", path));
  }

  private double x(Instant at) {
    double part = Duration.between(report.from(), at).toMillis()
        / (double) Duration.between(report.from(), report.to()).toMillis();
    return LEFT + Math.max(0, Math.min(1, part)) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
  }

  private void add(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values));
  }
}
