package dev.nines.metrics.watch;

/**
 * A statement for the log: on one line, without comments, and with {@code ?} in the place of every value that was written
 * into it. Bound values never were. What is not understood counts as a value.
 */
final class StatementText {

  /** In characters: enough to know a statement by, little enough for a line. */
  static final int LONGEST = 1_024;

  private final String sql;
  private final boolean ansi;
  private final StringBuilder text = new StringBuilder();
  private int at;

  private StatementText(String sql, boolean ansi) {
    this.sql = sql;
    this.ansi = ansi;
  }

  /**
   * Writes a statement without its values.
   *
   * @param ansi whether double quotes hold names and {@code #} begins no comment; else they may hold values, and it may
   */
  static String withoutValues(String sql, boolean ansi) {
    return new StatementText(sql, ansi).write();
  }

  private String write() {
    while (at < sql.length() && text.length() < LONGEST) {
      next(sql.charAt(at));
    }
    if (at < sql.length() || text.length() > LONGEST) {
      text.setLength(Math.min(text.length(), LONGEST));
      text.append('…');
    }
    return text.toString().strip();
  }

  private void next(char c) {
    int tag = c == '$' && !afterWord() ? SqlScanner.dollarTag(sql, at) : 0;
    if (SqlScanner.commentAt(sql, at)) {
      blank(SqlScanner.commentEnd(sql, at));
    } else if (c == '#' && !ansi) {
      blank(SqlScanner.lineEnd(sql, at));
    } else if (Character.isWhitespace(c) || Character.isISOControl(c)) {
      blank(at + 1);
    } else if (c == '\'' && afterQ()) {
      value(SqlScanner.bracketedEnd(sql, at));
    } else if (c == '\'' || c == '"' && !ansi) {
      value(SqlScanner.quotedEnd(sql, at));
    } else if (c == '"' || c == '`') {
      name(SqlScanner.quotedEnd(sql, at));
    } else if (c == '[' && SqlScanner.bracketWithQuote(sql, at)) {
      value(sql.length());
    } else if (tag > 0) {
      value(SqlScanner.dollarEnd(sql, at, tag));
    } else if (Character.isDigit(c) && !afterWord()) {
      value(SqlScanner.numberEnd(sql, at));
    } else {
      keep(at + 1);
    }
  }

  private void blank(int end) {
    if (text.length() > 0 && text.charAt(text.length() - 1) != ' ') {
      text.append(' ');
    }
    at = end;
  }

  private void value(int end) {
    text.append('?');
    at = end;
  }

  private void keep(int end) {
    text.append(sql, at, end);
    at = end;
  }

  /** A name that is never closed, or in which a backslash may hide where it is, is not understood. */
  private void name(int end) {
    String name = sql.substring(at, end);
    boolean understood = name.length() > 1
        && name.charAt(name.length() - 1) == name.charAt(0)
        && name.indexOf('\\') < 0;
    if (understood) {
      keep(end);
    } else {
      value(sql.length());
    }
  }

  private boolean afterWord() {
    return at > 0 && SqlScanner.isWordPart(sql.charAt(at - 1));
  }

  /** Of Oracle's {@code q'[…]'} and {@code nq'[…]'}, whose brackets decide where they end. */
  private boolean afterQ() {
    int before = at - 2;
    if (at > 1 && Character.toLowerCase(sql.charAt(before)) == 'n') {
      before--;
    }
    return at > 0
        && Character.toLowerCase(sql.charAt(at - 1)) == 'q'
        && (before < 0 || !SqlScanner.isWordPart(sql.charAt(before)));
  }
}
