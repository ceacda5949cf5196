package dev.nines.ops.rules;

/** Text in double quotes, with the few escapes that YAML and PromQL share. */
final class Quoted {

  private Quoted() {}

  /** Returns a scalar of YAML. */
  static String yaml(String text) {
    return '"' + escaped(text) + '"';
  }

  /** Returns a string of PromQL. */
  static String promQl(String text) {
    return '"' + escaped(text) + '"';
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
