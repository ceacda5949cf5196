package dev.nines.logging;

/** Kinds of ASCII characters, as sets of bits, and what scanners ask of them. Characters beyond ASCII are of no kind. */
final class Chars {

  static final int DIGIT = 1;
  static final int UPPER = 1 << 1;
  static final int LOWER = 1 << 2;
  static final int UNDERSCORE = 1 << 3;
  static final int DASH = 1 << 4;
  static final int DOT = 1 << 5;
  static final int PLUS_SLASH = 1 << 6;
  static final int EQUALS = 1 << 7;
  static final int TILDE = 1 << 8;
  static final int PERCENT = 1 << 9;

  static final int LETTER = UPPER | LOWER;
  static final int ALNUM = LETTER | DIGIT;
  static final int BASE64 = ALNUM | PLUS_SLASH;
  static final int BASE64_URL = ALNUM | UNDERSCORE | DASH;

  private static final int[] KINDS = new int[0x80];

  static {
    for (char c = 0; c < KINDS.length; c++) {
      KINDS[c] = kindOf(c);
    }
  }

  private Chars() {}

  private static int kindOf(char c) {
    return switch (c) {
      case '_' -> UNDERSCORE;
      case '-' -> DASH;
      case '.' -> DOT;
      case '+', '/' -> PLUS_SLASH;
      case '=' -> EQUALS;
      case '~' -> TILDE;
      case '%' -> PERCENT;
      default ->
        c >= '0' && c <= '9'
            ? DIGIT
            : c >= 'A' && c <= 'Z' ? UPPER : c >= 'a' && c <= 'z' ? LOWER : 0;
    };
  }

  /** Returns the kind of {@code c}, one bit, or 0. */
  static int kind(char c) {
    return c < KINDS.length ? KINDS[c] : 0;
  }

  /** Returns whether the character at {@code at}, if there is one, is of one of the kinds. */
  static boolean is(String text, int at, int kinds) {
    return at >= 0 && at < text.length() && (kind(text.charAt(at)) & kinds) != 0;
  }

  /** Returns where the characters of these kinds that begin at {@code from} end. */
  static int end(String text, int from, int kinds) {
    return end(text, from, text.length(), kinds);
  }

  /** Returns where the characters of these kinds that begin at {@code from} end, at most {@code to}. */
  static int end(String text, int from, int to, int kinds) {
    int at = from;
    while (at < to && (kind(text.charAt(at)) & kinds) != 0) {
      at++;
    }
    return at;
  }

  /** Returns the end without the dots before it: of a sentence, not of what it ends with. */
  static int withoutDots(String text, int from, int to) {
    int end = to;
    while (end > from && text.charAt(end - 1) == '.') {
      end--;
    }
    return end;
  }

  static boolean endsWith(String text, int end, String word) {
    return text.startsWith(word, end - word.length());
  }

  /** Returns whether no letter or digit stands before {@code at}, but for the last one of {@code \n} or {@code %3D}. */
  static boolean beginsWord(String text, int at) {
    return !is(text, at - 1, ALNUM)
        || at >= 2 && text.charAt(at - 2) == '\\'
        || at >= 3 && text.charAt(at - 3) == '%'
        || at >= 6 && text.charAt(at - 6) == '\\' && text.charAt(at - 5) == 'u';
  }
}
