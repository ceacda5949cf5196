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
      "unknown",
      "expired",
      "revoked",
      "rejected",
      "denied");

  private static final String QUOTES = "\"'`";

  /** Returns the value behind a separator's end; the name, which ends before {@code nameEnd}, says what may belong to it. */
  static NamedValue behind(String text, int separatorEnd, int nameEnd) {
    int at = separatorEnd;
    while (at < text.length() && "=:>".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    at = skipSpaces(text, at);
    int quote = openingQuote(text, at);
    int from = quote < 0 ? at : quote + 1;
    if (text.startsWith(Redaction.MARK, from)) {
      return new NamedValue(text, from, from + Redaction.MARK.length());
    }
    return new NamedValue(
        text, from, quote < 0 ? unquotedEnd(text, from, nameEnd) : closingQuote(text, quote));
  }

  /** Returns the quote at {@code from}, perhaps behind backslashes or on the next line; -1 if there is none. */
  private static int openingQuote(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    return at < text.length() && QUOTES.indexOf(text.charAt(at)) >= 0 ? at : -1;
  }

  /** Returns the place behind what is in quotes at {@code from}; where its word ends if it is in none. */
  static int quotedEnd(String text, int from) {
    int quote = openingQuote(text, from);
    return quote < 0
        ? wordEnd(text, from)
        : Math.min(text.length(), closingQuote(text, quote) + 1 + backslashesBefore(text, quote));
  }

  /**
   * Returns where the text in quotes ends. A quote within it is doubled, or has more backslashes before it than the opening
   * one.
   */
  private static int closingQuote(String text, int opening) {
    int depth = backslashesBefore(text, opening);
    int backslashes = 0;
    for (int at = opening + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        backslashes++;
        continue;
      }
      boolean closes = depth == 0 ? backslashes % 2 == 0 : backslashes <= depth;
      if (c == text.charAt(opening) && closes) {
        boolean doubled = at > opening + 1 && at + 1 < text.length() && text.charAt(at + 1) == c;
        if (!doubled) {
          return depth == 0 ? at : at - backslashes;
        }
        at++;
      }
      backslashes = 0;
    }
    return text.length();
  }

  private static int backslashesBefore(String text, int quote) {
    int at = quote;
    while (at > 0 && text.charAt(at - 1) == '\\') {
      at--;
    }
    return quote - at;
  }

  private static int unquotedEnd(String text, int from, int nameEnd) {
    char first = from < text.length() ? text.charAt(from) : ' ';
    return switch (first) {
      case '[' -> through(text, from, '[', ']');
      case '{' -> through(text, from, '{', '}');
      case '<' -> text.startsWith("/", from + 1) ? from : through(text, from, '<', '>');
      default -> HeaderValues.end(text, nameEnd, from);
    };
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

  /** Returns where a word without quotes ends. */
  static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && !endsWord(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean endsWord(char c) {
    return Character.isWhitespace(c) || ",;&)]}<>|\"".indexOf(c) >= 0;
  }

  static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  static boolean isOneOf(List<String> words, String text, int from, int to) {
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
