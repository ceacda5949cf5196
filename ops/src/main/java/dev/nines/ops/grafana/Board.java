package dev.nines.ops.grafana;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A dashboard in the making: rows of panels, placed from left to right. Not thread-safe. */
final class Board {

  /** Whichever Prometheus the variable names. */
  static final Map<String, Object> DATASOURCE =
      Json.of("type", "prometheus", "uid", "${datasource}");

  private static final int WIDTH = 24;

  /** The model of Grafana 11, which later ones read, too. */
  private static final int SCHEMA = 39;

  private final List<Object> panels = new ArrayList<>();
  private final List<Object> variables = new ArrayList<>();
  private final List<Object> annotations = new ArrayList<>();
  private int y;

  Board() {
    variables.add(Json.of(
        "name",
        "datasource",
        "label",
        "Prometheus",
        "type",
        "datasource",
        "query",
        "prometheus",
        "refresh",
        1,
        "hide",
        0,
        "includeAll",
        false,
        "multi",
        false,
        "options",
        List.of(),
        "current",
        Map.of()));
  }

  /** Adds a variable of which any number of values may be chosen, and all are at first. */
  Board choice(String label, String metric) {
    String query = "label_values(" + metric + ", " + label + ")";
    variables.add(Json.of(
        "name",
        label,
        "label",
        label,
        "type",
        "query",
        "datasource",
        DATASOURCE,
        "definition",
        query,
        "query",
        Json.of("qryType", 1, "query", query, "refId", "variable"),
        "refresh",
        2,
        "sort",
        1,
        "hide",
        0,
        "includeAll",
        true,
        "allValue",
        ".*",
        "multi",
        true,
        "options",
        List.of(),
        "current",
        Json.of("text", List.of("All"), "value", List.of("$__all"))));
    return this;
  }

  /** Adds marks on all graphs where a query has values. */
  Board marks(String name, String promQl, String title, String tags) {
    annotations.add(Json.of(
        "name", name,
        "datasource", DATASOURCE,
        "enable", true,
        "hide", false,
        "iconColor", "blue",
        "expr", promQl,
        "step", "1m",
        "titleFormat", title,
        "tagKeys", tags));
    return this;
  }

  /** Adds a row with its panels; those that don't fit beside the others go below. */
  Board row(String title, Panel... members) {
    panels.add(Json.of(
        "id",
        panels.size() + 1,
        "type",
        "row",
        "title",
        title,
        "collapsed",
        false,
        "gridPos",
        Json.of("h", 1, "w", WIDTH, "x", 0, "y", y),
        "panels",
        List.of()));
    y++;
    int x = 0;
    int height = 0;
    for (Panel panel : members) {
      if (x + panel.width() > WIDTH) {
        x = 0;
        y += height;
        height = 0;
      }
      panels.add(panel.json(panels.size() + 1, x, y));
      x += panel.width();
      height = Math.max(height, panel.height());
    }
    y += height;
    return this;
  }

  String json(String uid, String title, String description) {
    return Json.text(Json.of(
        "uid",
        uid,
        "title",
        title,
        "description",
        description,
        "tags",
        List.of("nines"),
        "timezone",
        "browser",
        "editable",
        true,
        "graphTooltip",
        1,
        "refresh",
        "30s",
        "schemaVersion",
        SCHEMA,
        "version",
        1,
        "time",
        Json.of("from", "now-6h", "to", "now"),
        "timepicker",
        Map.of(),
        "templating",
        Json.of("list", variables),
        "annotations",
        Json.of("list", annotations),
        "links",
        links(),
        "panels",
        panels));
  }

  private static List<Object> links() {
    return List.of(Json.of(
        "title",
        "Nines",
        "type",
        "dashboards",
        "tags",
        List.of("nines"),
        "asDropdown",
        true,
        "includeVars",
        true,
        "keepTime",
        true));
  }
}
