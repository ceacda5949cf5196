package dev.nines.ops.generate;

import java.util.stream.Collectors;

/** Comments in YAML. */
public final class Comment {

  private Comment() {}

  /** Returns the lines as comments, the last one closed. */
  public static String of(String lines) {
    return of("", lines);
  }

  /** Returns the lines as comments that are indented. */
  public static String of(String indent, String lines) {
    return lines.lines().map(line -> indent + "# " + line + "\n").collect(Collectors.joining());
  }
}
