package dev.nines.benchmarks.chart;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Makes {@code NAME.md} of all of JMH's results in the directory {@code NAME} of the one that is its argument, and pictures of the
 * plain envelope's time and bytes. Each file is a round; of all iterations of all rounds the median counts, because neighbours on
 * the machine make means of chance. Where Nines was measured beside another stack with the same parameters, the table says how
 * many times that stack's time and bytes ours are.
 */
public final class JmhTables {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACK = "stack";
  private static final String NINES = "NINES";

  /** Which benchmark with which parameters. */
  private record Key(String name, Map<String, String> parameters) {

    static Key of(JsonNode result) {
      Map<String, String> parameters = new LinkedHashMap<>();
      result
          .path("params")
          .properties()
          .forEach(p -> parameters.put(p.getKey(), p.getValue().asString()));
      return new Key(
          result.path("benchmark").asString().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"),
          parameters);
    }
  }

  /** What was measured of one: the quartiles of its time, and its bytes. */
  private record Row(
      String name,
      Map<String, String> parameters,
      double lower,
      double nanos,
      double upper,
      double bytes) {

    static Row of(Key key, List<JsonNode> rounds) {
      double[] nanos = rounds.stream()
          .flatMap(round -> round.path("primaryMetric").path("rawData").valueStream())
          .flatMap(JsonNode::valueStream)
          .mapToDouble(JsonNode::asDouble)
          .sorted()
          .toArray();
      double bytes = rounds.stream()
          .map(round -> round.path("secondaryMetrics").path("gc.alloc.rate.norm"))
          .mapToDouble(metric -> metric.path("score").asDouble(0))
          .average()
          .orElse(0);
      return new Row(
          key.name,
          key.parameters,
          quantile(nanos, 0.25),
          quantile(nanos, 0.5),
          quantile(nanos, 0.75),
          bytes);
    }

    private static double quantile(double[] sorted, double rank) {
      double at = rank * (sorted.length - 1);
      double below = sorted[(int) at];
      return below + (at - (int) at) * (sorted[(int) Math.ceil(at)] - below);
    }

    String stack() {
      return parameters.getOrDefault(STACK, "");
    }

    boolean besides(Row other) {
      Map<String, String> same = new LinkedHashMap<>(parameters);
      same.put(STACK, other.stack());
      return name.equals(other.name) && same.equals(other.parameters);
    }

    String line(List<Row> all) {
      Row ours = all.stream()
          .filter(row -> row.stack().equals(NINES) && besides(row))
          .findFirst()
          .orElse(this);
      return String.format(
          Locale.ROOT,
          "| %s | %s | %.0f | %.0f - %.0f | %.0f | %s | %s |%n",
          name,
          parameters.isEmpty() ? "" : parameters.toString().replaceAll("[{}]", ""),
          nanos,
          lower,
          upper,
          bytes,
          ratio(ours.nanos, nanos, ours == this),
          ratio(ours.bytes, bytes, ours == this));
    }

    private static String ratio(double ours, double theirs, boolean own) {
      return own || theirs < 1 ? "" : String.format(Locale.ROOT, "%.2f", ours / theirs);
    }
  }

  private JmhTables() {}

  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[0]);
    try (DirectoryStream<Path> measured = Files.newDirectoryStream(out, Files::isDirectory)) {
      for (Path name : measured) {
        List<Row> rows = rows(name);
        Files.writeString(out.resolve(name.getFileName() + ".md"), table(rows));
        if (name.endsWith("envelope")) {
          draw(out, rows);
        }
      }
    }
  }

  private static List<Row> rows(Path measured) throws IOException {
    Map<Key, List<JsonNode>> rounds = new LinkedHashMap<>();
    try (DirectoryStream<Path> results = Files.newDirectoryStream(measured, "*.json")) {
      for (Path result : results) {
        for (JsonNode each : JSON.readTree(Files.readAllBytes(result))) {
          rounds.computeIfAbsent(Key.of(each), key -> new ArrayList<>()).add(each);
        }
      }
    }
    return rounds.entrySet().stream()
        .map(one -> Row.of(one.getKey(), one.getValue()))
        .toList();
  }

  private static String table(List<Row> rows) {
    StringBuilder text = new StringBuilder("""
        | benchmark | parameters | ns | half of them | bytes | ours: of its time | ours: of its bytes |
        |---|---|--:|---|--:|--:|--:|
        """);
    rows.forEach(row -> text.append(row.line(rows)));
    return text.toString();
  }

  private static void draw(Path out, List<Row> rows) throws IOException {
    Map<String, Double> nanos = new LinkedHashMap<>();
    Map<String, Double> bytes = new LinkedHashMap<>();
    for (Row row : rows) {
      String what = row.stack().toLowerCase(Locale.ROOT)
          + (row.parameters.get("line").equals("true") ? ", a line" : "")
          + (row.parameters.get("sampled").equals("true") ? ", sampled" : "");
      nanos.put(what, row.nanos);
      bytes.put(what, row.bytes);
    }
    Files.writeString(
        out.resolve("envelope-time.svg"), new BarChart("One request, ns", nanos).svg());
    Files.writeString(
        out.resolve("envelope-bytes.svg"), new BarChart("One request, bytes", bytes).svg());
  }
}
