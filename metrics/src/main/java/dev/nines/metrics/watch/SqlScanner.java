package dev.nines.metrics.watch;

/** Finds where the parts of a statement end. A part that is never closed ends with the text. */
final class SqlScanner {

  private SqlScanner() {}

  /** Returns where the first word begins, behind blanks, comments and opening parentheses. */
  static int firstWord(String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c) || c == '(') {
        at++;
      } else if (commentAt(sql, at)) {
        at = commentEnd(sql, at);
      } else {
        return at;
      }
    }
    return at;
  }

  static boolean wordEndsAt(String sql, int at) {
    return at >= sql.length() || !isWordPart(sql.charAt(at));
  }

  static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  static boolean commentAt(String sql, int at) {
    return sql.startsWith("--", at) || sql.startsWith("/*", at);
  }

  /** Returns the place behind a comment; those in slashes nest, as PostgreSQL has it. */
  static int commentEnd(String sql, int at) {
    if (sql.startsWith("--", at)) {
      return lineEnd(sql, at);
    }
    int depth = 0;
    int i = at;
    while (i < sql.length()) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return i;
  }

  static int lineEnd(String sql, int at) {
    int end = sql.indexOf('\n', at);
    return end < 0 ? sql.length() : end;
  }

  /**
   * Returns the place behind a quoted part; the quote doubled is part of it. A quote behind a backslash ends it in some
   * databases and settings and not in others, so it then reaches to the end of the text.
   */
  static int quotedEnd(String sql, int at) {
    char quote = sql.charAt(at);
    int i = at + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      char after = i + 1 < sql.length() ? sql.charAt(i + 1) : 0;
      if (c == '\\' && after == quote) {
        return sql.length();
      } else if ((c == '\\' || c == quote) && after == c) {
        i += 2;
      } else if (c == quote) {
        return i + 1;
      } else {
        i++;
      }
    }
    return sql.length();
  }

  /** Returns whether a bracket there may be a name with a quote in it, as SQL Server has them. */
  static boolean bracketWithQuote(String sql, int at) {
    int end = sql.indexOf(']', at);
    return end > 0 && sql.substring(at, end).chars().filter(c -> c == '\'').count() % 2 == 1;
  }

  /** Returns the place behind Oracle's {@code '[…]'}, whose value may hold quotes. */
  static int bracketedEnd(String sql, int at) {
    if (at + 1 >= sql.length()) {
      return sql.length();
    }
    char open = sql.charAt(at + 1);
    int pair = "[{(<".indexOf(open);
    String close = (pair < 0 ? open : "]})>".charAt(pair)) + "'";
    int end = sql.indexOf(close, at + 2);
    return end < 0 ? sql.length() : end + close.length();
  }

  /** Returns the length of PostgreSQL's {@code $tag$} there; 0 if there is none. */
  static int dollarTag(String sql, int at) {
    int i = at + 1;
    while (i < sql.length() && (Character.isLetterOrDigit(sql.charAt(i)) || sql.charAt(i) == '_')) {
      i++;
    }
    boolean parameter = i > at + 1 && Character.isDigit(sql.charAt(at + 1));
    return i < sql.length() && sql.charAt(i) == '$' && !parameter ? i + 1 - at : 0;
  }

  /** Returns the place behind what {@code $tag$} quotes. */
  static int dollarEnd(String sql, int at, int tagLength) {
    String tag = sql.substring(at, at + tagLength);
    int end = sql.indexOf(tag, at + tagLength);
    return end < 0 ? sql.length() : end + tagLength;
  }

  /** Returns the place behind a number, with its fraction and exponent. */
  static int numberEnd(String sql, int at) {
    int i = at;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      boolean sign = (c == '+' || c == '-') && Character.toLowerCase(sql.charAt(i - 1)) == 'e';
      if (!isWordPart(c) && c != '.' && !(i > at && sign)) {
        return i;
      }
      i++;
    }
    return i;
  }
}
