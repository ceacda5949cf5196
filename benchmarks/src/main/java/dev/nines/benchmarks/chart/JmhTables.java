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
 * Makes {@code NAME.md} of each of JMH's {@code NAME.json} in the directory that is its argument, and pictures of the plain
 * envelope's time and bytes. Where Nines was measured beside another stack with the same parameters, the table says how many
 * times that stack's time and bytes ours are.
 */
public final class JmhTables {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STACK = "stack";
  private static final String NINES = "NINES";

  /** One benchmark with one set of parameters. */
  private record Row(
      String name, Map<String, String> parameters, double nanos, double error, double bytes) {

    static Row of(JsonNode result) {
      Map<String, String> parameters = new LinkedHashMap<>();
      result
          .path("params")
          .properties()
          .forEach(p -> parameters.put(p.getKey(), p.getValue().asString()));
      String name = result.path("benchmark").asString().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
      JsonNode time = result.path("primaryMetric");
      JsonNode bytes = result.path("secondaryMetrics").path("gc.alloc.rate.norm");
      return new Row(
          name,
          parameters,
          time.path("score").asDouble(),
          time.path("scoreError").asDouble(Double.NaN),
          bytes.path("score").asDouble(0));
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
          "| %s | %s | %.0f | %.0f | %.0f | %s | %s |%n",
          name,
          parameters.isEmpty() ? "" : parameters.toString().replaceAll("[{}]", ""),
          nanos,
          error,
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
    try (DirectoryStream<Path> results = Files.newDirectoryStream(out, "*.json")) {
      for (Path result : results) {
        List<Row> rows = new ArrayList<>();
        JSON.readTree(Files.readAllBytes(result)).forEach(each -> rows.add(Row.of(each)));
        String name = result.getFileName().toString().replace(".json", "");
        Files.writeString(out.resolve(name + ".md"), table(rows));
        if (name.equals("envelope")) {
          draw(out, rows);
        }
      }
    }
  }

  private static String table(List<Row> rows) {
    StringBuilder text = new StringBuilder("""
        | benchmark | parameters | ns | ± | bytes | ours: of its time | ours: of its bytes |
        |---|---|--:|--:|--:|--:|--:|
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
