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

  /** What stands where half of a surrogate pair stood; UTF-8 has no bytes for it. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final int SEPARATED = 0x10;
  private static final int MALFORMED = 0x20;
  private static final int ASCII_BYTES = 0x0F;

  /** For each ASCII character the bytes it takes, and {@link #SEPARATED}: one look-up, for each character is looked at. */
  private static final byte[] ASCII = new byte[0x80];

  static {
    for (char c = 0; c < ASCII.length; c++) {
      ASCII[c] = (byte) (bytesOf(c) | (c == '=' || c == ':' ? SEPARATED : 0));
    }
  }

  private Text() {}

  /** Returns the bytes that {@code text} takes between its quotes, and flags, to be read by the methods below. */
  static long measure(String text) {
    int bytes = 0;
    int flags = 0;
    int length = text.length();
    for (int at = 0; at < length; at++) {
      char c = text.charAt(at);
      if (c < 0x80) {
        int ascii = ASCII[c];
        bytes += ascii & ASCII_BYTES;
        flags |= ascii;
      } else if (Character.isSurrogate(c) && isPair(text, at)) {
        bytes += 4;
        at++;
      } else {
        bytes += bytesOf(c);
        flags |= Character.isSurrogate(c) ? MALFORMED : 0;
      }
    }
    return (long) (flags & (SEPARATED | MALFORMED)) << Integer.SIZE | bytes;
  }

  static int bytes(long measure) {
    return (int) measure;
  }

  static boolean isMalformed(long measure) {
    return (measure >> Integer.SIZE & MALFORMED) != 0;
  }

  /** Returns whether it holds a character that may stand between a secret's name and the secret. */
  static boolean mayHoldSecrets(long measure) {
    return (measure >> Integer.SIZE & SEPARATED) != 0;
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

  private static boolean isPair(CharSequence text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private static int bytesOf(char c) {
    if (c < 0x80) {
      if (c >= 0x20) {
        return c == '"' || c == '\\' ? 2 : 1;
      }
      return c == '\n' || c == '\t' || c == '\r' || c == '\b' || c == '\f' ? 2 : MOST_PER_CHAR;
    }
    if (LineBreakEscapes.isEscaped(c)) {
      return MOST_PER_CHAR;
    }
    return c < 0x800 ? 2 : 3;
  }
}
