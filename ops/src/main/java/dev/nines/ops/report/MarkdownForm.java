package dev.nines.ops.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown. */
final class MarkdownForm {

  private final ServiceReport report;

  MarkdownForm(ServiceReport report) {
    this.report = report;
  }

  String text() {
    StringBuilder text = new StringBuilder("# " + report.service() + ": reliability\n\n"
        + Text.at(report.from()) + " to " + Text.at(report.to()) + " UTC\n");
    for (Tables.Table table : Tables.of(report)) {
      text.append("\n## ").append(table.title()).append("\n\n");
      if (!table.intro().isEmpty()) {
        text.append(table.intro()).append("\n\n");
      }
      if (table.rows().isEmpty()) {
        text.append(table.nothing()).append('\n');
      } else {
        text.append(row(table.head()));
        text.append("|").append("---|".repeat(table.head().size())).append('\n');
        table.rows().forEach(cells -> text.append(row(cells)));
      }
    }
    return text.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
