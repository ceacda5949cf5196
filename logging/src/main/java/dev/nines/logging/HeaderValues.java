package dev.nines.logging;

import java.util.List;

/**
 * Where the values of headers that carry credentials end, for they have spaces and commas of their own: several cookies, or
 * a scheme with a token or parameters.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.4">RFC 9110, 11.4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-4.2">RFC 6265, 4.2</a>
 */
final class HeaderValues {

  private static final String AUTHORIZATION = "authorization";
  private static final String COOKIE = "cookie";
  private static final List<String> SCHEMES =
      List.of("bearer", "basic", "digest", "token", "negotiate", "apikey");
  private static final int SCHEME = Chars.ALNUM | Chars.DASH;
  private static final int PARAMETER_NAME = Chars.BASE64_URL;

  /** Longer names of schemes and parameters are nobody's; looks at no more, for time's sake. */
  private static final int MOST_NAME = 64;

  private HeaderValues() {}

  /** Returns where the value at {@code from} ends whose name ends before {@code nameEnd}. */
  static int end(String text, int nameEnd, int from) {
    int word = NamedValue.wordEnd(text, from);
    if (endsIn(text, nameEnd, COOKIE)) {
      return cookiesEnd(text, word);
    }
    boolean scheme = endsIn(text, nameEnd, AUTHORIZATION)
        ? isScheme(text, from, word)
        : NamedValue.isOneOf(SCHEMES, text, from, word);
    return scheme && word < text.length() && text.charAt(word) == ' '
        ? credentialsEnd(text, NamedValue.skipSpaces(text, word))
        : word;
  }

  private static boolean endsIn(String text, int end, String word) {
    return text.regionMatches(true, end - word.length(), word, 0, word.length());
  }

  /** Returns where the pairs that follow the first one, as in {@code a=b; c=d}, end. */
  private static int cookiesEnd(String text, int firstEnd) {
    int end = firstEnd;
    while (end < text.length() && text.charAt(end) == ';') {
      end = NamedValue.wordEnd(text, NamedValue.skipSpaces(text, end + 1));
    }
    return end;
  }

  /** Returns whether it may be the name of a scheme, known or not, and is no word of prose. */
  private static boolean isScheme(String text, int from, int to) {
    return to > from
        && to - from <= MOST_NAME
        && Chars.end(text, from, to, SCHEME) == to
        && !new NamedValue(text, from, to).isHarmless();
  }

  /** Returns where the token, or the parameters as in {@code a=b, c="d"}, behind a scheme end. */
  private static int credentialsEnd(String text, int from) {
    int end = NamedValue.wordEnd(text, from);
    int value = parameterValue(text, from);
    while (value > 0) {
      boolean quoted = text.charAt(value) == '"' || text.charAt(value) == '\\';
      end = quoted ? NamedValue.quotedEnd(text, value) : parameterEnd(text, value);
      boolean another = end < text.length() && text.charAt(end) == ',';
      value = another ? parameterValue(text, NamedValue.skipSpaces(text, end + 1)) : -1;
    }
    return end;
  }

  /** Returns where the value of the parameter begins whose name begins at {@code from}; -1 if none does. */
  private static int parameterValue(String text, int from) {
    int most = Math.min(text.length(), from + MOST_NAME);
    int equals = Chars.end(text, from, most, PARAMETER_NAME);
    boolean named = equals > from && Chars.is(text, equals, Chars.EQUALS);
    return named
            && parameterEnd(text, equals + 1) > equals + 1
            && !Chars.is(text, equals + 1, Chars.EQUALS)
        ? equals + 1
        : -1;
  }

  private static int parameterEnd(String text, int from) {
    int at = from;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && ",)]}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
