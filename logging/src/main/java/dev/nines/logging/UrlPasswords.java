package dev.nines.logging;

/**
 * Finds the password in {@code scheme://user:password@host}, and in Oracle's {@code jdbc:oracle:thin:user/password@host}.
 * One that holds a slash, a question mark or a hash, which it should not, is known by what follows the colon: no port.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1">RFC 3986, 3.2.1</a>
 */
final class UrlPasswords {

  private static final String ORACLE = "jdbc:oracle:thin";
  private static final int ORACLE_USER = Chars.ALNUM | Chars.UNDERSCORE;

  /** Oracle's longest passwords have 30 characters; looks at no more than this, for time's sake. */
  private static final int MOST_ORACLE = 128;

  private UrlPasswords() {}

  /** Finds the password behind the colon at {@code colon} and two slashes, perhaps escaped as in {@code :\/\/}. */
  static long atColon(String text, int colon) {
    return Chars.endsWith(text, colon, ORACLE) ? oracle(text, colon + 1) : url(text, colon);
  }

  private static long oracle(String text, int user) {
    int slash = Chars.end(text, user, Math.min(text.length(), user + MOST_ORACLE), ORACLE_USER);
    int most = Math.min(text.length(), slash + MOST_ORACLE);
    int at = slash;
    while (at < most && text.charAt(at) != '@') {
      at++;
    }
    boolean password = Chars.is(text, slash, Chars.PLUS_SLASH)
        && at < most
        && !new NamedValue(text, slash + 1, at).isHarmless();
    return password ? Span.of(slash + 1, at) : Span.NONE;
  }

  private static long url(String text, int colon) {
    int from = behindSlashes(text, colon);
    int password = -1;
    int lastAt = -1;
    boolean beyond = false;
    for (int at = from; at > 0 && at < text.length() && !ends(text, at); at++) {
      char c = text.charAt(at);
      if (c == ':') {
        password = password < 0 ? at + 1 : password;
      } else if (c == '@') {
        lastAt = at;
        if (beyond) {
          break;
        }
      } else if (c == '/' || c == '?' || c == '#') {
        if (lastAt >= 0 || password < 0 || Chars.end(text, password, at, Chars.DIGIT) == at) {
          break;
        }
        beyond = true;
      }
    }
    return password < 0
            || text.charAt(from) == '['
            || new NamedValue(text, password, lastAt).isHarmless()
        ? Span.NONE
        : Span.of(password, lastAt);
  }

  private static int behindSlashes(String text, int colon) {
    if (text.startsWith("//", colon + 1)) {
      return colon + 3;
    }
    return text.startsWith("\\/\\/", colon + 1) ? colon + 5 : -1;
  }

  /** Returns whether no URL goes on here; neither where the next one begins, or many would share one long search. */
  private static boolean ends(String text, int at) {
    char c = text.charAt(at);
    return c <= ' ' || c == '"' || c == '<' || c == '>' || c == ':' && behindSlashes(text, at) > 0;
  }
}
