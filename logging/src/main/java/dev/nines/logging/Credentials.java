package dev.nines.logging;

/**
 * Finds the credentials of HTTP's schemes {@code Bearer} and {@code Basic}, and passwords in URLs. Prose such as
 * {@code bearer token expired} or {@code basic authentication}, and what a challenge asks for, are left alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
 */
final class Credentials {

  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";
  private static final int TOKEN =
      Chars.BASE64 | Chars.BASE64_URL | Chars.DOT | Chars.TILDE | Chars.EQUALS;
  private static final int LEAST_TOKEN = 8;

  /** Words without a digit are prose unless they are as long as this, and in one case. */
  private static final int LEAST_WORD = 24;

  /** Names of classes are longer, but hardly as long as this. */
  private static final int LEAST_NAME = 40;

  private static final int BITS = 6;

  private Credentials() {}

  /** Finds what follows the scheme whose first letter is at {@code at}. */
  static long atB(String text, int at) {
    if (!Chars.is(text, at + 1, Chars.LETTER) || "eEaA".indexOf(text.charAt(at + 1)) < 0) {
      return Span.NONE; // at once, for many words have this letter
    }
    boolean bearer = text.regionMatches(true, at, BEARER, 0, BEARER.length());
    if (!bearer && !text.regionMatches(true, at, BASIC, 0, BASIC.length())) {
      return Span.NONE;
    }
    int schemeEnd = at + (bearer ? BEARER : BASIC).length();
    int from = behindSpaces(text, schemeEnd);
    if (from == schemeEnd || !Chars.beginsWord(text, at)) {
      return Span.NONE;
    }
    int to = Chars.withoutDots(text, from, Chars.end(text, from, TOKEN));
    boolean secret = bearer ? isToken(text, from, to) : isUserAndPassword(text, from, to);
    return secret ? Span.of(from, to) : Span.NONE;
  }

  private static int behindSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return text.startsWith("%20", at) ? at + 3 : at;
  }

  private static boolean isToken(String text, int from, int to) {
    int length = to - from;
    int padding = Chars.end(text, from, to, TOKEN & ~Chars.EQUALS);
    boolean parameter = padding < to
        && (Chars.end(text, padding, to, Chars.EQUALS) < to
            || to < text.length() && (text.charAt(to) == '"' || text.charAt(to) == '\\'));
    if (length < LEAST_TOKEN || parameter) {
      return false;
    }
    int kinds = 0;
    int dots = 0;
    for (int at = from; at < to; at++) {
      int kind = Chars.kind(text.charAt(at));
      kinds |= kind;
      dots += kind == Chars.DOT ? 1 : 0;
    }
    boolean oneCase = kinds == Chars.LOWER || kinds == Chars.UPPER;
    return (kinds & (Chars.DIGIT | Chars.TILDE | Chars.EQUALS)) != 0
        || dots >= 2
        || length >= (oneCase ? LEAST_WORD : LEAST_NAME);
  }

  /** Returns whether it is Base64 of texts with a colon between them. */
  private static boolean isUserAndPassword(String text, int from, int to) {
    int end = Chars.end(text, from, to, Chars.BASE64 | Chars.UNDERSCORE | Chars.DASH);
    if (end == from || Chars.end(text, end, to, Chars.EQUALS) < to) {
      return false;
    }
    boolean prose =
        Chars.end(text, Chars.end(text, from, from + 1, Chars.LETTER), end, Chars.LOWER) == end;
    return !prose && (end < to || decodesToPair(text, from, end));
  }

  private static boolean decodesToPair(String text, int from, int to) {
    int bits = 0;
    int held = 0;
    boolean colon = false;
    for (int at = from; at < to; at++) {
      held = held << BITS | sextet(text.charAt(at));
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        int decoded = held >> bits & 0xFF;
        if (decoded < ' ') {
          return false;
        }
        colon |= decoded == ':';
      }
    }
    return colon;
  }

  private static int sextet(char c) {
    return switch (Chars.kind(c)) {
      case Chars.UPPER -> c - 'A';
      case Chars.LOWER -> c - 'a' + 26;
      case Chars.DIGIT -> c - '0' + 52;
      case Chars.DASH -> 62;
      case Chars.UNDERSCORE -> 63;
      default -> c == '+' ? 62 : 63;
    };
  }
}
