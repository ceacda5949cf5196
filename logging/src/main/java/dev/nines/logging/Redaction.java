package dev.nines.logging;

import java.util.List;
import java.util.Set;

/**
 * Keeps secrets out of lines: by the name of a field, and within texts where a name is followed by {@code =} or {@code :}
 * and a value, quoted or not, as in {@code password=…}, {@code "password":"…"}, {@code Authorization: Bearer …}.
 *
 * <p>Immutable and thread-safe. One pass over the text, forward but for the few characters of a name, so the time is linear
 * in its length whatever it holds.
 */
final class Redaction {

  /** What stands in a line where a secret stood. */
  static final String MARK = "[REDACTED]";

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

  /** Characters between a name and its separator, such as {@code \"} and a space; more aren't looked at. */
  private static final int MOST_BETWEEN = 4;

  private final SecretNames names;

  Redaction(Set<String> moreNames) {
    this.names = new SecretNames(moreNames);
  }

  boolean isSecret(String name) {
    return names.contains(name);
  }

  /** Returns {@code text} without the values of secrets: the same string if it holds none. */
  String text(String text) {
    StringBuilder clean = null;
    int copied = 0;
    int at = separator(text, 0);
    while (at < text.length()) {
      int next = at + 1;
      int nameEnd = nameEnd(text, at);
      if (names.endsAt(text, nameEnd)) {
        Value value = Value.behind(text, at, isCookie(text, nameEnd));
        if (!value.isHarmless()) {
          clean = clean != null ? clean : new StringBuilder(text.length());
          clean.append(text, copied, value.from).append(MARK);
          copied = value.to;
          next = value.to;
        }
      }
      at = separator(text, next);
    }
    return clean == null ? text : clean.append(text, copied, text.length()).toString();
  }

  private static int separator(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ':') {
      at++;
    }
    return at;
  }

  private static int nameEnd(String text, int separator) {
    int end = separator;
    while (end > 0
        && separator - end < MOST_BETWEEN
        && " \"'\\".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean isCookie(String text, int nameEnd) {
    return text.regionMatches(true, nameEnd - "cookie".length(), "cookie", 0, "cookie".length());
  }

  /** A value in a text: {@code from} its first character {@code to} the one behind its last, without its quotes. */
  private record Value(String text, int from, int to) {

    static Value behind(String text, int separator, boolean cookie) {
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
        return new Value(text, quote + 1, closingQuote(text, quote, quote - at));
      }
      int end = unquotedEnd(text, at);
      return new Value(text, at, cookie ? cookiesEnd(text, end) : end);
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
      if (from < text.length() && text.charAt(from) == '[' && !text.startsWith(MARK, from)) {
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
          || text.startsWith(MARK, from)
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
}
