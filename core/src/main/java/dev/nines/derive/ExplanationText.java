package dev.nines.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lays an explanation out as a table for a terminal: a heading for each subject, three columns, long
 * cells wrapped, sources numbered and listed at the end.
 */
final class ExplanationText {

  private static final int WIDTH = 120;
  private static final int VALUE_WIDTH = 34;
  private static final String INDENT = "  ";

  private final List<String> sources;
  private final int nameWidth;
  private final int formulaWidth;
  private final StringBuilder text = new StringBuilder();

  private ExplanationText(List<Derived> rows) {
    sources =
        rows.stream().map(Derived::source).filter(s -> !s.isEmpty()).distinct().toList();
    nameWidth = rows.stream().mapToInt(r -> r.shortName().length()).max().orElse(0);
    formulaWidth = WIDTH - nameWidth - VALUE_WIDTH - 3 * INDENT.length();
  }

  static String of(List<Derived> rows) {
    ExplanationText table = new ExplanationText(rows);
    String subject = "";
    for (Derived row : rows) {
      if (!row.subject().equals(subject)) {
        subject = row.subject();
        table.heading(subject);
      }
      table.row(row);
    }
    table.sources();
    return table.text.toString();
  }

  private void sources() {
    if (!sources.isEmpty()) {
      heading("sources");
      sources.forEach(s -> text.append(number(s)).append(' ').append(s).append('\n'));
    }
  }

  private void heading(String subject) {
    text.append(text.isEmpty() ? "" : "\n").append(subject).append('\n');
  }

  private void row(Derived row) {
    List<String> values = wrap(row.value(), VALUE_WIDTH);
    List<String> reasons = reasons(row);
    for (int i = 0; i < Math.max(values.size(), reasons.size()); i++) {
      String line = INDENT
          + pad(i == 0 ? row.shortName() : "", nameWidth)
          + INDENT
          + pad(cell(values, i), VALUE_WIDTH)
          + INDENT
          + cell(reasons, i);
      text.append(line.stripTrailing()).append('\n');
    }
  }

  private List<String> reasons(Derived row) {
    List<String> lines = new ArrayList<>(wrap(row.formula() + number(row.source()), formulaWidth));
    if (!row.inputs().isEmpty()) {
      lines.addAll(wrap("with " + inputs(row.inputs()), formulaWidth));
    }
    return lines;
  }

  private String number(String source) {
    return source.isEmpty() ? "" : " [" + (sources.indexOf(source) + 1) + "]";
  }

  private static String inputs(Map<String, String> inputs) {
    return inputs.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Breaks at spaces; a word longer than the width, such as an address, stays whole. */
  private static List<String> wrap(String cell, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : cell.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String cell(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index) : "";
  }

  private static String pad(String cell, int width) {
    return cell + " ".repeat(Math.max(0, width - cell.length()));
  }
}
