package dev.nines.logging;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells names of secrets, such as {@code password} or {@code X-Api-Key}, from others. A name is a secret's when it ends in
 * one of the words below; case, dashes, underscores, dots and single spaces don't count, nor do a number or a word such as
 * {@code hash} behind it: {@code DB_PASSWORD}, {@code clientSecret}, {@code set-cookie} and {@code password2} are,
 * {@code password_length} and {@code token_count} aren't.
 *
 * <p>Immutable and thread-safe; allocates nothing when asked.
 */
final class SecretNames {

  /** A word that must begin a word of the name, for {@code obsession} is no secret. */
  private static final char BOUNDARY = '^';

  private static final char FIRST_WIDE = '\uFF01';
  private static final char LAST_WIDE = '\uFF5E';
  private static final int WIDE = FIRST_WIDE - '!';
  private static final char LONG_S = '\u017F';

  /**
   * Names under which credentials travel: OWASP's list of what must not be logged, the headers of HTTP authentication and
   * sessions, and the settings of the big clouds.
   *
   * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html">OWASP Logging Cheat Sheet</a>
   */
  private static final List<String> WORDS = List.of(
      "password",
      "passwords",
      "passwd",
      "passphrase",
      "passcode",
      "pwd",
      "dbpass",
      "userpass",
      "storepass",
      "keypass",
      "secret",
      "secrets",
      "token",
      "apikey",
      "apikeys",
      "accesskey",
      "accountkey",
      "secretkey",
      "secretkeybase",
      "privatekey",
      "signingkey",
      "encryptionkey",
      "masterkey",
      "sessionkey",
      "sharedkey",
      "authkey",
      "clientkey",
      "sshkey",
      "subscriptionkey",
      "amzsignature",
      "googsignature",
      "oauthsignature",
      "sharedaccesssignature",
      "jwt",
      "^otp",
      "^sig",
      "authorization",
      "bearer",
      "cookie",
      "cookies",
      "^session",
      "sessionid",
      "sessid",
      "credential",
      "credentials",
      "cvv",
      "cvc");

  private static final List<String> DESCRIPTIONS = List.of(
      "hash",
      "value",
      "header",
      "raw",
      "plain",
      "text",
      "string",
      "data",
      "pem",
      "confirm",
      "confirmation",
      "repeat");

  /** Words by their last letter; the others than ASCII share the first place. */
  private final String[][] byLast = new String[128][];

  SecretNames(Set<String> more) {
    Set<String> words = new TreeSet<>(WORDS);
    more.forEach(name -> words.add(normalized(name)));
    for (int last = 0; last < byLast.length; last++) {
      int place = last;
      byLast[last] = words.stream().filter(word -> placeOf(word) == place).toArray(String[]::new);
    }
  }

  /** Returns {@code name} as it is compared: in lower case, without separators. */
  static String normalized(String name) {
    StringBuilder word = new StringBuilder(name.length());
    name.chars().filter(c -> !isSeparator((char) c)).forEach(c -> word.append(fold((char) c)));
    if (word.isEmpty()) {
      throw new IllegalArgumentException(
          "redacting: \"" + name + "\" (expected: a name with a letter or a digit)");
    }
    return word.toString();
  }

  boolean contains(String name) {
    return endsAt(name, name.length());
  }

  /** Returns whether the name that ends before {@code end} in {@code text} is a secret's. */
  boolean endsAt(String text, int end) {
    int last = skipNumber(text, end);
    return endsInWord(text, end)
        || last != end && endsInWord(text, last)
        || endsInDescribedWord(text, last);
  }

  private boolean endsInWord(String text, int end) {
    if (end <= 0) {
      return false;
    }
    for (String word : byLast[placeOf(fold(text.charAt(end - 1)))]) {
      if (before(text, end, word) >= 0) {
        return true;
      }
    }
    return false;
  }

  private boolean endsInDescribedWord(String text, int end) {
    for (String description : DESCRIPTIONS) {
      int start = before(text, end, description);
      if (start > 0) {
        return endsInWord(text, isSeparator(text.charAt(start - 1)) ? start - 1 : start);
      }
    }
    return false;
  }

  /** Returns where {@code word} begins when it ends before {@code end}, else -1. */
  private static int before(String text, int end, String word) {
    int at = end;
    boolean separated = true;
    for (int w = word.length() - 1; w >= 0; ) {
      if (word.charAt(w) == BOUNDARY) {
        return beginsWord(text, at) ? at : -1;
      }
      if (--at < 0) {
        return -1;
      }
      char c = text.charAt(at);
      if (fold(c) == word.charAt(w)) {
        w--;
        separated = false;
      } else if (separated || !isSeparator(c)) {
        return -1;
      } else {
        separated = true;
      }
    }
    return at;
  }

  private static boolean beginsWord(String text, int at) {
    return at == 0
        || !Character.isLetter(text.charAt(at - 1))
        || Character.isUpperCase(text.charAt(at));
  }

  private static int skipNumber(String text, int end) {
    int at = end;
    while (at > 0 && end - at < 4 && text.charAt(at - 1) >= '0' && text.charAt(at - 1) <= '9') {
      at--;
    }
    boolean separated = at > 0 && (isSeparator(text.charAt(at - 1)) || text.charAt(at - 1) == '[');
    return at < end && separated ? at - 1 : at;
  }

  private static int placeOf(String word) {
    return placeOf(word.charAt(word.length() - 1));
  }

  private static int placeOf(char last) {
    return last < 128 ? last : 0;
  }

  private static char fold(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    return foldWide(c);
  }

  /** Characters that look like those of ASCII: full width, and the long s. */
  private static char foldWide(char c) {
    boolean wide = c >= FIRST_WIDE && c <= LAST_WIDE;
    return wide ? fold((char) (c - WIDE)) : c == LONG_S ? 's' : Character.toLowerCase(c);
  }

  static boolean isSeparator(char c) {
    return c < 128 ? c == '-' || c == '_' || c == '.' || c == ' ' : isSeparatorBeyondAscii(c);
  }

  /** Dashes and spaces that don't break, and characters that nobody sees. */
  private static boolean isSeparatorBeyondAscii(char c) {
    return switch (Character.getType(c)) {
      case Character.DASH_PUNCTUATION,
          Character.CONNECTOR_PUNCTUATION,
          Character.SPACE_SEPARATOR,
          Character.FORMAT -> true;
      default -> false;
    };
  }
}
