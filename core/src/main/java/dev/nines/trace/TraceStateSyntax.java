package dev.nines.trace;

/**
 * What a key and a value of {@code tracestate} may be.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/#key">Key and value</a>
 */
final class TraceStateSyntax {

  /** Characters of a key, and of a value, at most. */
  static final int MAX_LENGTH = 256;

  private TraceStateSyntax() {}

  /** Lower-case letters, digits and {@code _-*}{@code /@}; a letter or a digit begins it. */
  static boolean isKey(String text, int from, int to) {
    int at = from;
    while (at < to && isKeyCharacter(text.charAt(at))) {
      at++;
    }
    return at == to && hasLength(from, to) && isLetterOrDigit(text.charAt(from));
  }

  /** Printable ASCII but for comma and equals sign; a space does not end it. */
  static boolean isValue(String text, int from, int to) {
    int at = from;
    while (at < to && isValueCharacter(text.charAt(at))) {
      at++;
    }
    return at == to && hasLength(from, to) && text.charAt(to - 1) != ' ';
  }

  private static boolean hasLength(int from, int to) {
    return to > from && to - from <= MAX_LENGTH;
  }

  private static boolean isKeyCharacter(char c) {
    return isLetterOrDigit(c) || c == '_' || c == '-' || c == '*' || c == '/' || c == '@';
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  private static boolean isValueCharacter(char c) {
    return c >= ' ' && c <= '~' && c != ',' && c != '=';
  }
}
