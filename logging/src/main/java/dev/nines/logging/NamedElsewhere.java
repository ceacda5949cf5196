package dev.nines.logging;

/**
 * Finds values whose name stands otherwise than before {@code =} or {@code :}: in an element of XML, and in an option of a
 * command line.
 */
final class NamedElsewhere {

  private static final int NAME = Chars.BASE64_URL | Chars.DOT;

  /** Longer names are nobody's; looks at no more, for time's sake. */
  private static final int MOST_NAME = 64;

  /** The same with an element's attributes. */
  private static final int MOST_TAG = 256;

  private static final String CDATA = "<![CDATA[";

  private NamedElsewhere() {}

  /** Finds the content of {@code <password>…</password>}, with attributes or not, whose first {@code >} is at {@code at}. */
  static long element(SecretNames names, String text, int at) {
    int tag = tagStart(text, at);
    if (tag < 0 || !names.endsAt(text, nameEnd(text, tag + 1, at))) {
      return Span.NONE;
    }
    boolean raw = text.startsWith(CDATA, at + 1);
    int from = raw ? at + 1 + CDATA.length() : at + 1;
    if (text.startsWith(Redaction.MARK, from)) {
      return Span.NONE; // before its end is looked for, for time's sake
    }
    int to = raw ? text.indexOf("]]>", from) : text.indexOf('<', from);
    boolean closed = to > 0 && (raw || text.startsWith("/", to + 1));
    boolean element = closed || !Chars.is(text, tag - 1, Chars.ALNUM); // else a type's parameter
    return element ? secret(text, from, to < 0 ? text.length() : to) : Span.NONE;
  }

  /** Returns where the tag begins that ends at {@code tagEnd}; -1 if none does. */
  private static int tagStart(String text, int tagEnd) {
    int least = Math.max(0, tagEnd - MOST_TAG);
    int at = tagEnd - 1;
    while (at >= least && text.charAt(at) != '<' && text.charAt(at) != '>') {
      at--;
    }
    boolean opens = at >= least && text.charAt(at) == '<' && text.charAt(tagEnd - 1) != '/';
    return opens ? at : -1;
  }

  private static int nameEnd(String text, int from, int tagEnd) {
    int end = from;
    while (end < tagEnd && (Chars.is(text, end, NAME) || text.charAt(end) == ':')) {
      end++;
    }
    return end;
  }

  /** Finds the value behind {@code --password} or {@code -password}, whose first dash is at {@code at}. */
  static long option(SecretNames names, String text, int at) {
    int from = Chars.is(text, at + 1, Chars.DASH) ? at + 2 : at + 1;
    if (Chars.is(text, at - 1, NAME) || !Chars.is(text, from, Chars.ALNUM)) {
      return Span.NONE;
    }
    int end = Chars.end(text, from, Math.min(text.length(), from + MOST_NAME), NAME);
    if (end == text.length() || text.charAt(end) != ' ' || !names.endsAt(text, end)) {
      return Span.NONE;
    }
    boolean another = end + 1 < text.length() && text.charAt(end + 1) == '-';
    NamedValue value = NamedValue.behind(text, end, end);
    return another || value.isHarmless() ? Span.NONE : Span.of(value.from(), value.to());
  }

  private static long secret(String text, int from, int to) {
    return new NamedValue(text, from, to).isHarmless() ? Span.NONE : Span.of(from, to);
  }
}
