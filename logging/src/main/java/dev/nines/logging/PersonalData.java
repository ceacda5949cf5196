package dev.nines.logging;

/** What is redacted only if the user says so: no key to anything, yet somebody's own. */
enum PersonalData {
  /** An address such as {@code jane@example.com}. */
  EMAIL,

  /** An account's number by ISO 13616, whose check digits are right. */
  IBAN;

  private static final int LEAST_IBAN = 15;
  private static final int MOST_IBAN = 34;
  private static final int IBAN_GROUP = 4;
  private static final int LEAST_TOP_LEVEL_DOMAIN = 2;
  private static final int ADDRESS = Chars.BASE64_URL | Chars.DOT | Chars.PERCENT;

  /** Finds the address whose {@code @} is at {@code at}. */
  static long emailAt(String text, int at) {
    int from = at;
    while (from > 0 && isAddress(text, from - 1, ADDRESS)) {
      from--;
    }
    int end = at + 1;
    int label = end;
    while (isAddress(text, end, Chars.ALNUM | Chars.DASH | Chars.DOT)) {
      end++;
    }
    end = Chars.withoutDots(text, at + 1, end);
    for (int dot = at + 1; dot < end; dot++) {
      label = text.charAt(dot) == '.' ? dot + 1 : label;
    }
    boolean domain = label > at + 2
        && end - label >= LEAST_TOP_LEVEL_DOMAIN
        && !Chars.is(text, label, Chars.DIGIT | Chars.DASH);
    return domain && from < at ? Span.of(from, end) : Span.NONE;
  }

  private static boolean isAddress(String text, int at, int kinds) {
    return Chars.is(text, at, kinds)
        || at < text.length()
            && (text.charAt(at) >= 0x80 && Character.isLetterOrDigit(text.charAt(at))
                || text.charAt(at) == '+' && (kinds & Chars.PERCENT) != 0);
  }

  /** Finds the number whose first digit, the third character, is at {@code digit}: together or in groups of four. */
  static long ibanAt(String text, int digit) {
    int from = digit - 2;
    if (!Chars.is(text, from, Chars.LETTER)
        || !Chars.is(text, from + 1, Chars.LETTER)
        || !Chars.is(text, digit + 1, Chars.DIGIT)
        || !Chars.beginsWord(text, from)) {
      return Span.NONE;
    }
    int bound = Math.min(text.length(), from + MOST_IBAN + 1);
    int end = Chars.end(text, from, bound, Chars.ALNUM);
    if (end - from != IBAN_GROUP) {
      return isIban(text, from, end, end - from) ? Span.of(from, end) : Span.NONE;
    }
    return grouped(text, from, end);
  }

  private static long grouped(String text, int from, int firstEnd) {
    int end = firstEnd;
    int length = IBAN_GROUP;
    int found = from;
    boolean more = true;
    while (more && end < text.length() && text.charAt(end) == ' ') {
      int bound = Math.min(text.length(), end + 2 + IBAN_GROUP);
      int next = Chars.end(text, end + 1, bound, Chars.ALNUM);
      int group = next - end - 1;
      length += group;
      more = group == IBAN_GROUP && length <= MOST_IBAN;
      if (group > 0 && group <= IBAN_GROUP && isIban(text, from, next, length)) {
        found = next;
      }
      end = next;
    }
    return Span.of(from, found);
  }

  private static boolean isIban(String text, int from, int to, int length) {
    if (length < LEAST_IBAN || length > MOST_IBAN) {
      return false;
    }
    int remainder = 0;
    for (int at = from + IBAN_GROUP; at < to; at++) {
      remainder = append(remainder, text.charAt(at));
    }
    for (int at = from; at < from + IBAN_GROUP; at++) {
      remainder = append(remainder, text.charAt(at));
    }
    return remainder == 1;
  }

  /** Appends a digit, or a letter as the number from 10 to 35 that it stands for, modulo 97. */
  private static int append(int remainder, char c) {
    return switch (Chars.kind(c)) {
      case Chars.DIGIT -> (10 * remainder + c - '0') % 97;
      case Chars.UPPER -> (100 * remainder + c - 'A' + 10) % 97;
      case Chars.LOWER -> (100 * remainder + c - 'a' + 10) % 97;
      default -> remainder;
    };
  }
}
