package dev.nines.logging;

/**
 * Finds private keys in PEM's form, whether their lines end in line feeds, in {@code \n} written out, or in spaces. One
 * whose end is missing, since somebody has cut it, is passed over as far as it reads like Base64.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class PrivateKeys {

  private static final String DASHES = "-----";
  private static final String BEGIN = "-----BEGIN";
  private static final String END = "-----END";

  /** The longest label, such as {@code ENCRYPTED PRIVATE KEY}, that is looked for. */
  private static final int MOST_LABEL = 48;

  /** Lines have 64 or 76 characters; words of prose are shorter. */
  private static final int LEAST_LINE = 40;

  /** The least that is taken for a line when it is the text's last. */
  private static final int LEAST_CUT_LINE = 16;

  private PrivateKeys() {}

  /** Finds the key whose first dash is at {@code at}. */
  static long at(String text, int at) {
    if (!text.startsWith(BEGIN, at)) {
      return Span.NONE;
    }
    int body = labelEnd(text, at + BEGIN.length());
    if (body < 0 || !isPrivate(text, at, body)) {
      return Span.NONE;
    }
    int footer = footer(text, body);
    int end = footer < 0 ? -1 : labelEnd(text, footer + END.length());
    if (end < 0 || !isPrivate(text, footer, end)) {
      end = unfinishedEnd(text, body);
    }
    return end == body ? Span.NONE : Span.of(at, end);
  }

  /** Returns the place behind the dashes that end a label, or -1. */
  private static int labelEnd(String text, int from) {
    int last = Math.min(from + MOST_LABEL, text.length() - DASHES.length());
    for (int at = from; at <= last; at++) {
      if (text.charAt(at) == '-' && text.startsWith(DASHES, at)) {
        return at + DASHES.length();
      }
    }
    return -1;
  }

  private static boolean isPrivate(String text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text.charAt(at) == 'P' && text.startsWith("PRIVATE", at)) {
        return true;
      }
    }
    return false;
  }

  /** Returns where the end is announced, or -1: no further than to the next beginning, for time's sake. */
  private static int footer(String text, int from) {
    for (int at = text.indexOf('-', from); at >= 0; at = text.indexOf('-', at + 1)) {
      if (text.startsWith(END, at)) {
        return at;
      }
      if (text.startsWith(BEGIN, at)) {
        return -1;
      }
    }
    return -1;
  }

  private static int unfinishedEnd(String text, int body) {
    int end = body;
    boolean lines = true;
    while (lines) {
      int from = lineStart(text, end);
      int to = Chars.end(text, from, Chars.BASE64 | Chars.EQUALS);
      lines = to - from >= LEAST_LINE;
      boolean last = end > body && to > from;
      boolean cut = to == text.length() && to - from >= LEAST_CUT_LINE;
      end = lines || last || cut ? to : end;
    }
    return end;
  }

  private static int lineStart(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == '\\')) {
      boolean escape = text.charAt(at) == '\\' && Chars.is(text, at + 1, Chars.LOWER);
      at += escape ? 2 : 1;
    }
    return at;
  }
}
