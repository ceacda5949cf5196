package dev.nines.ops.grafana;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One panel, before it has a place.
 *
 * @param type of Grafana's: {@code timeseries}, {@code stat}, {@code table}
 * @param description what it shows, where its numbers come from
 * @param unit of Grafana's: {@code s}, {@code percentunit}, {@code reqps}; empty for counts
 * @param width of 24
 * @param columns names of a table's values, in the order of its queries; empty for other panels
 * @param extra settings of the type's own, laid over the defaults at the same path
 */
record Panel(
    String type,
    String title,
    String description,
    String unit,
    int width,
    List<Query> queries,
    List<Column> columns,
    Map<String, Object> extra) {

  /**
   * A column of a table.
   *
   * @param unit of Grafana's
   * @param link where a click leads; empty if nowhere
   */
  record Column(String name, String unit, String link) {

    Column(String name, String unit) {
      this(name, unit, "");
    }
  }

  static final int THIRD = 8;
  static final int HALF = 12;

  /** Grafana's: long enough for four scrapes, and for a point of the graph. */
  static final String RATE = "[$__rate_interval]";

  private static final int HEIGHT = 8;
  private static final int STAT_HEIGHT = 4;

  static Panel graph(String title, String unit, int width, String description, Query... queries) {
    return new Panel(
        "timeseries", title, description, unit, width, List.of(queries), List.of(), Map.of());
  }

  static Panel stat(String title, String unit, int width, String description, Query... queries) {
    return new Panel(
        "stat", title, description, unit, width, List.of(queries), List.of(), Map.of());
  }

  static Panel table(
      String title, int width, String description, List<Column> columns, Query... queries) {
    return new Panel("table", title, description, "", width, List.of(queries), columns, Map.of());
  }

  /** A course of states: numbers that have a name and a colour, {@code closed green}. */
  static Panel states(
      String title, int width, String description, Map<String, String> names, Query... queries) {
    Map<String, Object> options = new TreeMap<>();
    names.forEach((value, name) ->
        options.put(value, Json.of("text", name.split(" ")[0], "color", name.split(" ")[1])));
    return new Panel(
        "state-timeline",
        title,
        description,
        "",
        width,
        List.of(queries),
        List.of(),
        Map.of("mappings", List.of(Json.of("type", "value", "options", options))));
  }

  int height() {
    return type.equals("stat") ? STAT_HEIGHT : HEIGHT;
  }

  Map<String, Object> json(int id, int x, int y) {
    List<Object> targets = new ArrayList<>();
    for (Query query : queries) {
      targets.add(query.json(String.valueOf((char) ('A' + targets.size()))));
    }
    Map<String, Object> json = Json.of(
        "id", id,
        "type", type,
        "title", title,
        "description", description,
        "datasource", Board.DATASOURCE,
        "gridPos", Json.of("h", height(), "w", width, "x", x, "y", y),
        "fieldConfig", Json.of("defaults", defaults(), "overrides", overrides()),
        "options", options(),
        "targets", targets);
    if (!columns.isEmpty()) {
      json.put("transformations", List.of(Json.of("id", "merge", "options", Map.of())));
    }
    return json;
  }

  private Map<String, Object> defaults() {
    Map<String, Object> defaults = new LinkedHashMap<>();
    if (!unit.isEmpty()) {
      defaults.put("unit", unit);
    }
    if (type.equals("timeseries")) {
      defaults.put("custom", Json.of("fillOpacity", 0, "lineWidth", 1, "showPoints", "never"));
      defaults.put("min", 0);
    }
    defaults.putAll(extra);
    return defaults;
  }

  private Map<String, Object> options() {
    return switch (type) {
      case "timeseries" ->
        Json.of(
            "legend", Json.of("displayMode", "list", "placement", "bottom", "showLegend", true),
            "tooltip", Json.of("mode", "multi", "sort", "desc"));
      case "stat" ->
        Json.of(
            "colorMode", "none",
            "graphMode", "none",
            "reduceOptions",
                Json.of("calcs", List.of("lastNotNull"), "fields", "", "values", false),
            "textMode", "auto");
      case "table" -> Json.of("cellHeight", "sm", "showHeader", true);
      default -> Json.of("showValue", "never", "rowHeight", 0.9);
    };
  }

  /** The first columns are labels; those of values are called {@code Value #A} until they are named. */
  private List<Object> overrides() {
    List<Object> overrides = new ArrayList<>();
    if (columns.isEmpty()) {
      return overrides;
    }
    overrides.add(override("Time", Json.of("id", "custom.hidden", "value", true)));
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String field = queries.size() == 1 ? "Value" : "Value #" + (char) ('A' + i);
      overrides.add(override(
          field,
          Json.of("id", "displayName", "value", column.name()),
          Json.of("id", "unit", "value", column.unit())));
    }
    columns.stream()
        .filter(column -> !column.link().isEmpty())
        .forEach(column -> overrides.add(override(
            "job",
            Json.of(
                "id",
                "links",
                "value",
                List.of(Json.of("title", "Dashboard", "url", column.link()))))));
    return overrides;
  }

  private static Map<String, Object> override(String field, Object... properties) {
    return Json.of(
        "matcher", Json.of("id", "byName", "options", field), "properties", List.of(properties));
  }
}
