package dev.nines.ops.generate;

/** Text in double quotes, with the few escapes that YAML, JSON and PromQL share. */
public final class Quoted {

  private Quoted() {}

  /** Returns the text as a scalar or a string. */
  public static String text(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
