package dev.nines.benchmarks.growth;

import dev.nines.benchmarks.chart.LineChart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Draws the curves: {@code growth.md} and a picture for each measure, into the directory that is its argument. */
public final class GrowthMain {

  /** Whether only the ends of each curve are measured. */
  private static final boolean QUICK = Boolean.getBoolean("growth.quick");

  private GrowthMain() {}

  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[0]);
    Files.createDirectories(out);
    Map<String, List<Point>> points = new TreeMap<>();
    StringBuilder table = new StringBuilder("""
        | of | count | start ms | heap KB | series | CPU ns/request | bytes/request |
        |---|--:|--:|--:|--:|--:|--:|
        """);
    for (Growing growing : Growing.values()) {
      if (growing.possible()) {
        List<Point> curve = new ArrayList<>();
        for (int count : QUICK ? growing.ends() : growing.counts()) {
          System.err.println(growing.label() + " " + count);
          Point point = probe(growing, count);
          curve.add(point);
          table.append(row(growing, point));
        }
        points.put(growing.label(), curve);
      }
    }
    Files.writeString(out.resolve("growth.md"), table);
    draw(out, points, "heap", "Heap held, KB", Point::heapKilobytes);
    draw(out, points, "cost", "Processor time of a request, ns", Point::nanos);
    draw(out, points, "series", "Series", Point::series);
    System.out.print(table);
  }

  private static String row(Growing growing, Point point) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %d | %.0f | %.0f |%n",
        growing.label(),
        point.count(),
        point.startMillis(),
        point.heapKilobytes(),
        point.series(),
        point.nanos(),
        point.bytes());
  }

  private static void draw(
      Path out,
      Map<String, List<Point>> points,
      String name,
      String title,
      ToDoubleFunction<Point> value)
      throws IOException {
    Map<String, TreeMap<Integer, Double>> curves = new TreeMap<>();
    points.forEach((kind, list) -> {
      TreeMap<Integer, Double> curve = new TreeMap<>();
      list.forEach(point -> curve.put(point.count(), value.applyAsDouble(point)));
      curves.put(kind, curve);
    });
    Files.writeString(
        out.resolve("growth-" + name + ".svg"), new LineChart(title, "how many", curves).svg());
  }

  private static Point probe(Growing growing, int count) throws IOException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            Probe.class.getName(),
            growing.name(),
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new IOException(growing.label() + " " + count + " gave no measurement");
    }
    return Point.parse(text);
  }
}
