package dev.nines.ops.grafana;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One query of a panel.
 *
 * @param promQl what is asked; {@code $__rate_interval} and variables are Grafana's to fill in
 * @param legend name of each series: {@code {{route_class}}}; empty for tables
 * @param kind whether it asks for a course, or for the moment
 */
record Query(String promQl, String legend, Kind kind) {

  /** How a query is asked. */
  enum Kind {
    COURSE,
    MOMENT,
    TABLE
  }

  static Query course(String promQl, String legend) {
    return new Query(promQl, legend, Kind.COURSE);
  }

  static Query moment(String promQl, String legend) {
    return new Query(promQl, legend, Kind.MOMENT);
  }

  static Query table(String promQl) {
    return new Query(promQl, "", Kind.TABLE);
  }

  Map<String, Object> json(String refId) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("refId", refId);
    json.put("datasource", Board.DATASOURCE);
    json.put("editorMode", "code");
    json.put("expr", promQl);
    json.put("format", kind == Kind.TABLE ? "table" : "time_series");
    json.put("instant", kind != Kind.COURSE);
    json.put("range", kind == Kind.COURSE);
    json.put("legendFormat", legend.isEmpty() ? "__auto" : legend);
    return json;
  }
}
