package dev.nines.logging;

/**
 * What must be known of a text before it goes into a line: how many bytes it takes there, whether it is well-formed, and
 * whether a secret might hide in it.
 */
final class Text {

  /** What stands at the end of a text that was cut. */
  static final String CUT = "… [cut]";

  /** {@link #CUT} encoded. */
  static final int CUT_BYTES = 9;

  /** The most that one character takes: an escape such as {@code \u0000}. */
  private static final int MOST_PER_CHAR = 6;

  private static final int MOST_SHOWN = 200;

  /** What stands where half of a surrogate pair stood; UTF-8 has no bytes for it. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final int TELLING = 0x10;
  private static final int MALFORMED = 0x20;
  private static final int FLAGS_AT = 56;
  private static final long DIGIT = 1L << Integer.SIZE;
  private static final long BYTES_AND_DIGITS = DIGIT | 0x0F;

  /** Characters that stand in secrets of the kinds known to us, or between a name and a secret. */
  private static final String TELLING_CHARACTERS = "=:_->%\\IJBb";

  /** For each ASCII character its bytes, whether it tells of secrets, and whether it is a digit: one look-up for each. */
  private static final long[] ASCII = new long[0x80];

  static {
    for (char c = 0; c < ASCII.length; c++) {
      ASCII[c] = bytesOf(c)
          | (TELLING_CHARACTERS.indexOf(c) >= 0 ? TELLING : 0)
          | (c >= '0' && c <= '9' ? DIGIT : 0);
    }
  }

  private Text() {}

  /** Returns the bytes that {@code text} takes between its quotes, its digits, and flags, to be read by the methods below. */
  static long measure(String text) {
    long sums = 0;
    long flags = 0;
    int length = text.length();
    for (int at = 0; at < length; at++) {
      char c = text.charAt(at);
      if (c < 0x80) {
        long ascii = ASCII[c];
        sums += ascii & BYTES_AND_DIGITS;
        flags |= ascii;
      } else if (Character.isSurrogate(c) && isPair(text, at)) {
        sums += 4;
        at++;
      } else {
        sums += bytesOf(c);
        flags |= Character.isSurrogate(c) ? MALFORMED : isWideSeparator(c) ? TELLING : 0;
      }
    }
    return (flags & (TELLING | MALFORMED)) << FLAGS_AT | sums;
  }

  static int bytes(long measure) {
    return (int) measure;
  }

  static int digits(long measure) {
    return (int) (measure >> Integer.SIZE) & 0xFFFFFF;
  }

  static boolean isMalformed(long measure) {
    return (measure >> FLAGS_AT & MALFORMED) != 0;
  }

  /** Returns whether it holds a character that secrets have, or that may stand between a secret's name and the secret. */
  static boolean mayHoldSecrets(long measure) {
    return (measure >> FLAGS_AT & TELLING) != 0;
  }

  /** Returns {@code text} with lone surrogates replaced. */
  static String repaired(String text) {
    StringBuilder whole = new StringBuilder(text);
    for (int at = 0; at < whole.length(); at++) {
      if (Character.isSurrogate(whole.charAt(at))) {
        if (isPair(whole, at)) {
          at++;
        } else {
          whole.setCharAt(at, REPLACEMENT);
        }
      }
    }
    return whole.toString();
  }

  /** Returns the beginning of {@code text} that takes at most {@code most} bytes with {@link #CUT} behind it. */
  static String cut(String text, int most) {
    int room = most - CUT_BYTES;
    int at = 0;
    while (at < text.length()) {
      boolean pair = isPair(text, at);
      room -= pair ? 4 : bytesOf(text.charAt(at));
      if (room < 0) {
        break;
      }
      at += pair ? 2 : 1;
    }
    return text.substring(0, at) + CUT;
  }

  /** Returns what somebody gave, well-formed and short enough to be shown to them. */
  static String shown(String text) {
    String whole = text.isEmpty() ? "nothing" : repaired(text);
    return whole.length() > MOST_SHOWN ? cut(whole, MOST_SHOWN) : whole;
  }

  /** Returns whether it is the equals sign or the colon of who writes Chinese or Japanese. */
  static boolean isWideSeparator(char c) {
    return c == '\uFF1D' || c == '\uFF1A';
  }

  private static boolean isPair(CharSequence text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private static int bytesOf(char c) {
    if (c < 0x7F) {
      if (c >= 0x20) {
        return c == '"' || c == '\\' ? 2 : 1;
      }
      return c == '\n' || c == '\t' || c == '\r' || c == '\b' || c == '\f' ? 2 : MOST_PER_CHAR;
    }
    if (Escapes.isEscaped(c)) {
      return MOST_PER_CHAR;
    }
    return c < 0x800 ? 2 : 3;
  }
}
