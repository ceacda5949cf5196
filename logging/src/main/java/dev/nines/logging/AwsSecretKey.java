package dev.nines.logging;

/**
 * Finds AWS's secret access keys where no name tells of them. They have no prefix: forty characters of Base64 that change
 * between upper case, lower case and digits as only chance does. SHA-1 in hexadecimal digits, paths and names don't.
 */
final class AwsSecretKey {

  /** Their length. A text need be looked at only once in so many characters to meet each of them. */
  static final int LENGTH = 40;

  /** Of forty random characters some 25 differ in kind from the one before; in names and paths hardly ten do. */
  private static final int LEAST_CHANGES = 13;

  private static final int MOST_SLASHES = 5;

  /** Names in camel case have one number or two, and no capitals side by side; chance has one or the other. */
  private static final int LEAST_NUMBERS = 3;

  private AwsSecretKey() {}

  /** Finds the key to which the character at {@code at} belongs. */
  static long around(String text, int at) {
    if (!Chars.is(text, at, Chars.BASE64)) {
      return Span.NONE;
    }
    int from = at;
    while (from > 0 && at - from <= LENGTH + 2 && Chars.is(text, from - 1, Chars.BASE64)) {
      from--;
    }
    from = behindEscape(text, from);
    int to = from + LENGTH;
    return from <= at
            && at < to
            && to <= text.length()
            && Chars.end(text, at, to, Chars.BASE64) == to
            && !Chars.is(text, to, Chars.BASE64 | Chars.EQUALS)
            && isRandom(text, from, to)
        ? Span.of(from, to)
        : Span.NONE;
  }

  private static int behindEscape(String text, int from) {
    if (from == 0) {
      return from;
    }
    char before = text.charAt(from - 1);
    return before == '\\' ? from + 1 : before == '%' ? from + 2 : from;
  }

  private static boolean isRandom(String text, int from, int to) {
    int kinds = 0;
    int last = 0;
    int changes = 0;
    int slashes = 0;
    int numbers = 0;
    boolean capitals = false;
    for (int at = from; at < to; at++) {
      int kind = Chars.kind(text.charAt(at));
      if (kind == Chars.PLUS_SLASH) {
        slashes++;
        continue;
      }
      changes += last != 0 && kind != last ? 1 : 0;
      numbers += kind == Chars.DIGIT && kind != last ? 1 : 0;
      capitals |= kind == Chars.UPPER && kind == last;
      kinds |= kind;
      last = kind;
    }
    return kinds == Chars.ALNUM
        && changes >= LEAST_CHANGES
        && (capitals || numbers >= LEAST_NUMBERS)
        && slashes <= MOST_SLASHES
        && text.charAt(from) != '/';
  }
}
