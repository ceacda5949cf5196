package dev.nines.logging;

import java.util.Set;

/**
 * Keeps secrets out of lines: by the name of a field; within texts by a name that is followed by {@code =}, {@code :} or an
 * arrow, escaped or not, and a value, quoted or not, as in {@code password=…}, {@code "password":"…"}, {@code token%3D…},
 * {@code Authorization: Bearer …}, or that is an element's or an option's, as in {@code <password>…</password>} and
 * {@code --password …}; and by the {@link Shapes} of secrets, whatever stands before them.
 *
 * <p>Immutable and thread-safe. One pass over the text, forward but for the few characters of a name or a prefix, so the time
 * is linear in its length whatever it holds.
 */
final class Redaction {

  /** What stands in a line where a secret stood. */
  static final String MARK = "[REDACTED]";

  /** Characters between a name and its separator, such as {@code \"} and spaces; more aren't looked at, for time's sake. */
  private static final int MOST_BETWEEN = 40;

  /** What may stand there: quotes, what aligns columns, brackets as in {@code user[password]=} and {@code password[]=}. */
  private static final String BETWEEN = " \t\"'\\[]";

  private static final int PERCENT_ESCAPE = 3;
  private static final int UNICODE_ESCAPE = 6;

  private final SecretNames names;
  private final Shapes shapes;
  private final Familiar familiar = new Familiar(this);

  Redaction(Set<String> moreNames) {
    this(moreNames, Set.of());
  }

  Redaction(Set<String> moreNames, Set<PersonalData> personal) {
    this.names = new SecretNames(moreNames);
    this.shapes = new Shapes(personal);
  }

  boolean isSecret(String name) {
    return names.contains(name);
  }

  /** Returns texts that come again and again, as they are without secrets. */
  Familiar familiar() {
    return familiar;
  }

  /** Returns whether a text may hold a secret, as far as its {@link Text#measure} tells. */
  boolean mayChange(String text, long measure) {
    return shapes.mayHide(text, measure);
  }

  /** Returns {@code text} without secrets: the same string if it holds none. */
  String text(String text) {
    return text(text, text.length());
  }

  /**
   * Returns the first {@code most} characters of {@code text} without secrets; what stands behind them only tells how those
   * that begin before go on.
   */
  String text(String text, int most) {
    StringBuilder clean = null;
    int copied = 0;
    int at = 0;
    int block = text.length() < AwsSecretKey.LENGTH ? text.length() : 0;
    while (at < text.length()) {
      long secret = Span.NONE;
      if (at >= block) {
        secret = AwsSecretKey.around(text, at);
        block = at - at % AwsSecretKey.LENGTH + AwsSecretKey.LENGTH;
      }
      secret = secret == Span.NONE ? secretAt(text, at) : secret;
      if (Span.to(secret) > copied) {
        int from = Math.max(copied, Span.from(secret));
        if (from >= most) {
          break;
        }
        clean = clean != null ? clean : new StringBuilder(text.length());
        clean.append(text, copied, from).append(MARK);
        copied = Span.to(secret);
      }
      at = shapes.next(text, Math.max(at + 1, copied), Math.min(block, text.length()));
    }
    if (clean == null) {
      return most < text.length() ? text.substring(0, most) : text;
    }
    return (copied < most ? clean.append(text, copied, most) : clean).toString();
  }

  private long secretAt(String text, int at) {
    long named =
        switch (text.charAt(at)) {
          case '=', ':', '\uFF1D', '\uFF1A' -> named(text, at, at + 1);
          case '%', '\\' -> escaped(text, at);
          case '>' -> arrowOrElement(text, at);
          case '-' -> NamedElsewhere.option(names, text, at);
          default -> Span.NONE;
        };
    return named == Span.NONE ? shapes.at(text, at) : named;
  }

  private long arrowOrElement(String text, int at) {
    return Chars.is(text, at - 1, Chars.DASH)
        ? named(text, at - 1, at + 1)
        : NamedElsewhere.element(names, text, at);
  }

  /** Looks for an equals sign or a colon in URL's encoding, or as JSON's writers for web pages escape them. */
  private long escaped(String text, int at) {
    if (text.charAt(at) == '%') {
      boolean separates = text.regionMatches(true, at, "%3D", 0, PERCENT_ESCAPE)
          || text.regionMatches(true, at, "%3A", 0, PERCENT_ESCAPE);
      return separates ? named(text, at, at + PERCENT_ESCAPE) : Span.NONE;
    }
    return text.regionMatches(true, at, "\\u003D", 0, UNICODE_ESCAPE)
        ? named(text, at, at + UNICODE_ESCAPE)
        : Span.NONE;
  }

  private long named(String text, int separator, int behind) {
    int nameEnd = nameEnd(text, separator);
    if (!names.endsAt(text, nameEnd)) {
      return Span.NONE;
    }
    NamedValue value = NamedValue.behind(text, behind, nameEnd);
    return value.isHarmless()
        ? Span.NONE
        : Span.of(value.from(), shapes.endOfWords(text, value.from(), value.to()));
  }

  private static int nameEnd(String text, int separator) {
    int end = separator;
    int before = end;
    while (before >= 0 && separator - before < MOST_BETWEEN) {
      end = before;
      before = beforeOneBetween(text, end);
    }
    return end;
  }

  /** Returns the place before the quote, space or bracket, perhaps percent-encoded, that ends at {@code end}; -1 if none does. */
  private static int beforeOneBetween(String text, int end) {
    if (end > 0 && BETWEEN.indexOf(text.charAt(end - 1)) >= 0) {
      return end - 1;
    }
    int escape = end - PERCENT_ESCAPE;
    return escape >= 0 && text.charAt(escape) == '%' ? escape : -1;
  }
}
