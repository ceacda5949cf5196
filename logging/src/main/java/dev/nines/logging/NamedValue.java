package dev.nines.logging;

import java.util.List;

/**
 * A value behind a name in a text.
 *
 * @param text where it stands
 * @param from its first character, behind its opening quote
 * @param to the one behind its last, its closing quote if it has one
 */
record NamedValue(String text, int from, int to) {

  /** What stands behind a secret's name in prose such as {@code password: must not be blank}; nobody's secret. */
  private static final List<String> HARMLESS = List.of(
      "null",
      "none",
      "true",
      "false",
      "must",
      "should",
      "is",
      "was",
      "not",
      "too",
      "may",
      "cannot",
      "required",
      "expected",
      "missing",
      "invalid",
      "undefined",
      "empty",
      "unknown");

  private static final List<String> SCHEMES =
      List.of("bearer", "basic", "digest", "token", "negotiate", "apikey", "aws4-hmac-sha256");

  static NamedValue behind(String text, int separator, boolean cookie) {
    int at = separator + 1;
    while (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == '>')) {
      at++;
    }
    at = skipSpaces(text, at);
    int quote = at;
    while (quote < text.length() && text.charAt(quote) == '\\') {
      quote++;
    }
    if (quote < text.length() && (text.charAt(quote) == '"' || text.charAt(quote) == '\'')) {
      return new NamedValue(text, quote + 1, closingQuote(text, quote, quote - at));
    }
    int end = unquotedEnd(text, at);
    return new NamedValue(text, at, cookie ? cookiesEnd(text, end) : end);
  }

  /** Returns where the text in quotes ends; a quote within it has more backslashes before it than the opening one. */
  private static int closingQuote(String text, int opening, int depth) {
    int backslashes = 0;
    for (int at = opening + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        backslashes++;
        continue;
      }
      boolean closes = depth == 0 ? backslashes % 2 == 0 : backslashes <= depth;
      if (c == text.charAt(opening) && closes) {
        return depth == 0 ? at : at - backslashes;
      }
      backslashes = 0;
    }
    return text.length();
  }

  private static int unquotedEnd(String text, int from) {
    if (from < text.length()
        && text.charAt(from) == '['
        && !text.startsWith(Redaction.MARK, from)) {
      return through(text, from, '[', ']');
    }
    if (from < text.length() && text.charAt(from) == '{') {
      return through(text, from, '{', '}');
    }
    int end = wordEnd(text, from);
    if (isScheme(text, from, end)) {
      end = wordEnd(text, skipSpaces(text, end));
    }
    return end;
  }

  /** Returns where the pairs that follow the first one, as in {@code a=b; c=d}, end. */
  private static int cookiesEnd(String text, int firstEnd) {
    int end = firstEnd;
    while (end < text.length() && text.charAt(end) == ';') {
      end = wordEnd(text, skipSpaces(text, end + 1));
    }
    return end;
  }

  /** Returns the place behind the bracket that closes the one at {@code from}; the end of the text if none does. */
  private static int through(String text, int from, char open, char close) {
    int depth = 0;
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == open) {
        depth++;
      } else if (c == close && --depth == 0) {
        return at + 1;
      }
    }
    return text.length();
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && !endsWord(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean endsWord(char c) {
    return Character.isWhitespace(c) || ",;&)]}<>|\"".indexOf(c) >= 0;
  }

  private static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static boolean isScheme(String text, int from, int to) {
    return isOneOf(SCHEMES, text, from, to) && to < text.length() && text.charAt(to) == ' ';
  }

  private static boolean isOneOf(List<String> words, String text, int from, int to) {
    for (String word : words) {
      if (word.length() == to - from && text.regionMatches(true, from, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether nothing is lost to an attacker here: no value, a word of prose, or a mask. */
  boolean isHarmless() {
    return from >= to
        || text.startsWith(Redaction.MARK, from)
        || isOneOf(HARMLESS, text, from, to)
        || isPunctuation();
  }

  private boolean isPunctuation() {
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      if (c != '*' && (to - from > 2 || Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return true;
  }
}
