package dev.nines.logging;

/**
 * Finds numbers of payment cards: 13 to 19 digits, together or in groups of four and more, that begin and are as long as an
 * issuer's do and pass the check of Luhn. Timestamps begin otherwise until 2033, and a number within a longer one, a word or
 * a fraction, or behind a plus sign, is none.
 *
 * @see <a href="https://www.iso.org/standard/70484.html">ISO/IEC 7812-1</a>
 */
final class CardNumbers {

  /** The fewest digits of one. */
  static final int LEAST_DIGITS = 13;

  /** The fewest digits of its first group. */
  static final int LEAST_GROUP = 4;

  private static final int MOST_DIGITS = 19;
  private static final int MOST_FIRST_GROUP = 6;
  private static final int MOST_GROUP = 7;
  private static final int TRACE_ID = 32;
  private static final long SMALLEST = 1_000_000_000_000L;

  private CardNumbers() {}

  /** Finds the number whose first digit is at {@code at}. */
  static long at(String text, int at) {
    int from = at >= 1 && text.charAt(at - 1) == '%' ? at + 2 : at;
    int end = Chars.end(text, from, Chars.DIGIT);
    int digits = end - from;
    if (digits < LEAST_GROUP || digits > MOST_DIGITS || !begins(text, from)) {
      return Span.NONE;
    }
    if (digits >= LEAST_DIGITS) {
      return isCard(text, from, end, digits) ? Span.of(from, end) : Span.NONE;
    }
    return digits <= MOST_FIRST_GROUP ? grouped(text, from, end) : Span.NONE;
  }

  private static boolean begins(String text, int at) {
    boolean fraction = Chars.is(text, at - 1, Chars.DOT) && Chars.is(text, at - 2, Chars.DIGIT);
    return Chars.beginsWord(text, at)
        && !fraction
        && !followsTraceId(text, at)
        && (at == 0 || text.charAt(at - 1) != '+');
  }

  /** A span's id follows its trace's in {@code traceparent}, and may have digits alone. */
  private static boolean followsTraceId(String text, int at) {
    int dash = at - 1;
    return dash >= TRACE_ID
        && text.charAt(dash) == '-'
        && Chars.end(text, dash - TRACE_ID, dash, Chars.ALNUM) == dash;
  }

  private static long grouped(String text, int from, int firstEnd) {
    int end = firstEnd;
    int digits = end - from;
    int found = from;
    boolean more =
        Chars.is(text, end, Chars.DASH) || end < text.length() && text.charAt(end) == ' ';
    while (more) {
      int next =
          Chars.end(text, end + 1, Math.min(text.length(), end + 2 + MOST_GROUP), Chars.DIGIT);
      int group = next - end - 1;
      digits += group;
      boolean fits = group > 0 && group <= MOST_GROUP && digits <= MOST_DIGITS;
      if (fits && digits >= LEAST_DIGITS && isCard(text, from, next, digits)) {
        found = next;
      }
      more = fits
          && group >= LEAST_GROUP
          && next < text.length()
          && text.charAt(next) == text.charAt(firstEnd);
      end = next;
    }
    return Span.of(from, found);
  }

  private static boolean isCard(String text, int from, int to, int digits) {
    if (Chars.is(text, to, Chars.ALNUM)
        || Chars.is(text, to, Chars.DOT) && Chars.is(text, to + 1, Chars.DIGIT)
        || text.charAt(from)
            > '6') { // no issuer's, and such a number of 19 digits were beyond a long
      return false;
    }
    long number = 0;
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      number = Chars.kind(c) == Chars.DIGIT ? 10 * number + c - '0' : number;
    }
    return isIssued(number, digits) && passesLuhn(number);
  }

  /** Returns whether a number that somebody logs as a number is a card's. */
  static boolean isCard(long number) {
    return number >= SMALLEST && isIssued(number, digitsOf(number)) && passesLuhn(number);
  }

  private static int digitsOf(long number) {
    int digits = 0;
    for (long rest = number; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Returns whether issuers give out numbers with this beginning and length. */
  private static boolean isIssued(long number, int digits) {
    long four = number;
    for (int at = digits; at > 4; at--) {
      four /= 10;
    }
    int two = (int) (four / 100);
    return switch (two) {
      case 22, 23, 24, 25, 26, 27 -> digits == 16 && four >= 2221 && four <= 2720; // Mastercard
      case 30 -> digits >= 14 && four < 3060; // Diners Club
      case 36, 38, 39 -> digits >= 14;
      case 34, 37 -> digits == 15; // American Express
      case 35 -> digits >= 16 && four >= 3528 && four <= 3589; // JCB
      case 51, 52, 53, 54, 55 -> digits == 16; // Mastercard
      case 50, 56, 57, 58 -> true; // Maestro
      default ->
        two >= 60 && two < 70 // Discover, UnionPay, Maestro
            || two >= 40 && two < 50 && (digits == 13 || digits == 16 || digits == 19); // Visa
    };
  }

  private static boolean passesLuhn(long number) {
    int sum = 0;
    boolean doubled = false;
    for (long rest = number; rest > 0; rest /= 10) {
      int digit = (int) (rest % 10) << (doubled ? 1 : 0);
      sum += digit > 9 ? digit - 9 : digit;
      doubled = !doubled;
    }
    return sum % 10 == 0;
  }
}
