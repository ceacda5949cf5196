package dev.nines.logging;

import java.util.Set;

/**
 * Finds secrets by their shape. Most characters begin or mark none, and one look-up says so; the others know whom to ask.
 *
 * <p>Immutable and thread-safe.
 */
final class Shapes {

  private static final String TRIGGERS = "=:_-/>%\\IJBb";

  private final boolean emails;
  private final boolean ibans;
  private final boolean[] triggers = new boolean[0x80];

  Shapes(Set<PersonalData> personal) {
    this.emails = personal.contains(PersonalData.EMAIL);
    this.ibans = personal.contains(PersonalData.IBAN);
    TRIGGERS.chars().forEach(c -> triggers[c] = true);
    triggers['@'] = emails;
    for (char digit = '0'; digit <= '9'; digit++) {
      triggers[digit] = true;
    }
  }

  /** Returns whether a secret may hide in a text with this measure. */
  boolean mayHide(String text, long measure) {
    int digits = Text.digits(measure);
    return Text.mayHoldSecrets(measure)
        || digits >= CardNumbers.LEAST_DIGITS
        || digits > 0 && (ibans || text.length() >= AwsSecretKey.LENGTH)
        || emails && text.indexOf('@') >= 0;
  }

  /** Returns the next place from {@code from} on and before {@code to} where {@link #at} may find one; else the greater one. */
  int next(String text, int from, int to) {
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (c < 0x80
          ? triggers[c] && (!isDigit(c) || beginsNumber(text, at))
          : Text.isWideSeparator(c)) {
        return at;
      }
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Returns whether the digit is the first of enough for a group of a card's; looks at no more, for time's sake. */
  private boolean beginsNumber(String text, int at) {
    return (at == 0 || Chars.kind(text.charAt(at - 1)) != Chars.DIGIT)
        && (ibans
            || Chars.is(text, at + CardNumbers.LEAST_GROUP - 1, Chars.DIGIT)
            || VendorKeys.isGoogleToken(text, at));
  }

  /** Finds the secret that the character at {@code at} gives away. */
  long at(String text, int at) {
    return switch (text.charAt(at)) {
      case '_' -> VendorKeys.atUnderscore(text, at);
      case '-' -> dash(text, at);
      case '/' -> VendorKeys.atSlash(text, at);
      case ':' -> UrlPasswords.atColon(text, at);
      case 'I' -> VendorKeys.atCapitalI(text, at);
      case 'J' -> VendorKeys.atCapitalJ(text, at);
      case 'B', 'b' -> Credentials.atB(text, at);
      case '@' -> emails ? PersonalData.emailAt(text, at) : Span.NONE;
      case '=', '>', '%', '\\' -> Span.NONE;
      default -> digit(text, at);
    };
  }

  private static long dash(String text, int at) {
    long key = Chars.is(text, at + 1, Chars.DASH) ? PrivateKeys.at(text, at) : Span.NONE;
    return key == Span.NONE ? VendorKeys.atDash(text, at) : key;
  }

  private long digit(String text, int at) {
    if (!Chars.is(text, at, Chars.DIGIT) || Chars.is(text, at - 1, Chars.DIGIT)) {
      return Span.NONE;
    }
    if (VendorKeys.isGoogleToken(text, at)) {
      return VendorKeys.googleToken(text, at);
    }
    long card = CardNumbers.at(text, at);
    return card == Span.NONE && ibans ? PersonalData.ibanAt(text, at) : card;
  }

  /** Returns where a secret of several words that begins at {@code from} ends; {@code to} if none is as long as that. */
  int endOfWords(String text, int from, int to) {
    if (from >= text.length()) {
      return to;
    }
    char first = text.charAt(from);
    long span = Span.NONE;
    if (first == '-') {
      span = PrivateKeys.at(text, from);
    } else if (Chars.kind(first) == Chars.DIGIT) {
      span = CardNumbers.at(text, from);
    } else if (ibans) {
      span = PersonalData.ibanAt(text, from + 2);
    }
    return span == Span.NONE ? to : Math.max(to, Span.to(span));
  }
}
