package dev.nines.ops.report;

import java.util.List;

/** A report as one page of HTML. */
final class HtmlForm {

  private static final String STYLE = """
      :root{--ink:#1c2733;--dim:#5b6b7b;--paper:#fff;--rule:#dfe5ea;--good:#1a7f4b;--bad:#c0322b;--a:#1f6fb2;--b:#b26a1f}
      @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#93a1af;--paper:#10161c;--rule:#2a343e;--good:#4cc38a;
      --bad:#ff7b72;--a:#6cb6ff;--b:#f0a35e}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2rem auto;
      padding:0 1rem}
      h1{margin:0;font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{margin:.3rem 0;color:var(--dim)}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.8rem;margin:1.2rem 0}
      .tile{border:1px solid var(--rule);border-radius:.5rem;padding:.7rem .8rem}
      .tile b{display:block;font-size:1.2rem;white-space:nowrap}.tile span{color:var(--dim);font-size:.85rem}
      .good b,td.kept{color:var(--good)}.bad b,td.broken{color:var(--bad)}
      .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
      th,td{text-align:left;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--rule);white-space:nowrap}
      th{color:var(--dim);font-weight:500}
      figure{margin:1rem 0}figcaption{color:var(--dim);font-size:.9rem}svg{width:100%;height:auto}
      svg text{font-size:11px;fill:var(--dim)}.grid{stroke:var(--rule)}path{fill:none;stroke-width:1.6}
      .line0{stroke:var(--a)}.line1{stroke:var(--b)}.line2{stroke:var(--good)}.line3{stroke:var(--dim)}
      .target{stroke-dasharray:5 4;opacity:.8}.incident{fill:var(--bad);opacity:.18}
      .deployment{stroke:var(--dim);stroke-dasharray:2 3}.deployment.failed{stroke:var(--bad)}
      .key0{color:var(--a)}.key1{color:var(--b)}.key2{color:var(--good)}.key3{color:var(--dim)}
      """;

  private final ServiceReport report;
  private final StringBuilder html = new StringBuilder();

  HtmlForm(ServiceReport report) {
    this.report = report;
  }

  String page() {
    String title = escaped(report.service() + ": reliability");
    html.append("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>")
        .append(title)
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head>\n<body>\n<h1>")
        .append(title)
        .append("</h1>\n<p>")
        .append(Text.at(report.from()))
        .append(" to ")
        .append(Text.at(report.to()))
        .append(" UTC</p>\n");
    tiles();
    plots();
    Tables.of(report).forEach(this::table);
    return html.append("</body>\n</html>\n").toString();
  }

  private void tiles() {
    html.append("<div class=\"tiles\">\n");
    ServiceReport.Uptime uptime = report.uptime();
    tile(
        "up, of " + Text.nearlyAll(uptime.target()) + " promised",
        uptime.ratio().map(Text::nearlyAll).orElse("–"),
        uptime.isKept());
    report.promises().stream()
        .filter(promise -> promise.objective().equals("errors"))
        .limit(1)
        .forEach(errors -> tile(
            "failed, of " + Text.share(errors.allowed()) + " allowed",
            Text.share(errors.share()),
            errors.isKept()));
    report
        .quantiles()
        .forEach(quantile -> tile(
            quantile.label() + ", of " + Text.seconds(quantile.target()) + " promised",
            Text.seconds(quantile.seconds()),
            quantile.isKept()));
    report.budgets().stream()
        .min(java.util.Comparator.comparingDouble(ServiceReport.Budget::left))
        .ifPresent(budget -> tile(
            "left of the smallest budget, " + budget.objective(),
            Text.percent(budget.left()),
            budget.left() > 0));
    tile(
        "incidents",
        String.valueOf(report.incidents().size()),
        report.incidents().isEmpty());
    report
        .deploymentSuccess()
        .ifPresent(share -> tile(
            "of " + report.deployments().size() + " deployments stayed",
            Text.percent(share),
            share == 1));
    html.append("</div>\n");
  }

  private void tile(String what, String value, boolean good) {
    html.append("<div class=\"tile ")
        .append(good ? "good" : "bad")
        .append("\"><b>")
        .append(escaped(value))
        .append("</b><span>")
        .append(escaped(what))
        .append("</span></div>\n");
  }

  private void plots() {
    figure("Share of requests that failed", List.of(report.errorShare()), Text::share);
    figure("Latency of the requests that did not fail", report.latencies(), Text::seconds);
    figure("Requests per second", List.of(report.throughput()), value -> Text.plain(value, 3));
    html.append("<p>Dashed lines are targets, bands incidents, dotted lines deployments.</p>\n");
  }

  private void figure(
      String title,
      List<ServiceReport.Line> lines,
      java.util.function.DoubleFunction<String> unit) {
    html.append("<figure><figcaption>").append(escaped(title));
    if (lines.size() > 1) {
      for (int i = 0; i < lines.size(); i++) {
        html.append(" <span class=\"key")
            .append(i)
            .append("\">— ")
            .append(escaped(lines.get(i).label()))
            .append("</span>");
      }
    }
    html.append("</figcaption>\n")
        .append(new Plot(report, title, lines, unit).svg())
        .append("</figure>\n");
  }

  private void table(Tables.Table table) {
    html.append("<h2>").append(escaped(table.title())).append("</h2>\n");
    if (!table.intro().isEmpty()) {
      html.append("<p>").append(escaped(table.intro())).append("</p>\n");
    }
    if (table.rows().isEmpty()) {
      html.append("<p>").append(escaped(table.nothing())).append("</p>\n");
      return;
    }
    html.append("<div class=\"scroll\"><table>\n<tr>");
    table.head().forEach(cell -> html.append("<th>").append(escaped(cell)).append("</th>"));
    html.append("</tr>\n");
    for (List<String> row : table.rows()) {
      html.append("<tr>");
      row.forEach(this::cell);
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private void cell(String text) {
    boolean judged = text.equals("kept") || text.equals("broken");
    html.append(judged ? "<td class=\"" + text + "\">" : "<td>")
        .append(escaped(text))
        .append("</td>");
  }

  /** Versions and routes come from what runs, and must not become part of the page. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
