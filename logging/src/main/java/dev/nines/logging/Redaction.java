package dev.nines.logging;

import java.util.Set;

/**
 * Keeps secrets out of lines: by the name of a field; within texts by a name that is followed by {@code =} or {@code :} and
 * a value, quoted or not, as in {@code password=…}, {@code "password":"…"}, {@code Authorization: Bearer …}; and by the
 * {@link Shapes} of secrets, whatever stands before them.
 *
 * <p>Immutable and thread-safe. One pass over the text, forward but for the few characters of a name or a prefix, so the time
 * is linear in its length whatever it holds.
 */
final class Redaction {

  /** What stands in a line where a secret stood. */
  static final String MARK = "[REDACTED]";

  /** Characters between a name and its separator, such as {@code \"} and a space; more aren't looked at. */
  private static final int MOST_BETWEEN = 4;

  private final SecretNames names;
  private final Shapes shapes;

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
    char c = text.charAt(at);
    long named = c == '=' || c == ':' ? named(text, at) : Span.NONE;
    return named == Span.NONE ? shapes.at(text, at) : named;
  }

  private long named(String text, int separator) {
    int nameEnd = nameEnd(text, separator);
    if (!names.endsAt(text, nameEnd)) {
      return Span.NONE;
    }
    NamedValue value = NamedValue.behind(text, separator, isCookie(text, nameEnd));
    return value.isHarmless()
        ? Span.NONE
        : Span.of(value.from(), shapes.endOfWords(text, value.from(), value.to()));
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
}
