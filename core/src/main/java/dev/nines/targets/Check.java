package dev.nines.targets;

import java.math.BigDecimal;
import java.time.Duration;

/** The checks that the values of this package share; each message reads {@code name: value (expected: range)}. */
final class Check {

  /** Longest value that a message repeats; a longer one is cut. */
  private static final int SHOWN = 80;

  private Check() {}

  /** Requires a fraction strictly between 0 and 1, and strips trailing zeros so that equal fractions are equal. */
  static BigDecimal fraction(String name, BigDecimal value) {
    if (value.signum() <= 0 || value.compareTo(BigDecimal.ONE) >= 0) {
      throw invalid(name, Ratios.format(value), "more than 0% and less than 100%");
    }
    return value.stripTrailingZeros();
  }

  /** Requires a fraction above 0 and at most {@code most}. */
  static BigDecimal fraction(String name, BigDecimal value, BigDecimal most) {
    if (value.signum() <= 0 || value.compareTo(most) > 0) {
      throw invalid(name, Ratios.format(value), "more than 0% and at most " + Ratios.format(most));
    }
    return value.stripTrailingZeros();
  }

  static Duration positive(String name, Duration value, Duration most) {
    if (value.isNegative() || value.isZero() || value.compareTo(most) > 0) {
      throw invalid(
          name, Durations.format(value), "more than 0s and at most " + Durations.format(most));
    }
    return value;
  }

  static Duration between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw invalid(
          name, Durations.format(value), Durations.format(least) + " to " + Durations.format(most));
    }
    return value;
  }

  static String name(String name, String value) {
    if (value.isBlank()
        || value.length() > 100
        || !value.chars().allMatch(Check::isNameCharacter)) {
      throw invalid(name, value, "1 to 100 letters, digits, '.', '_' or '-'");
    }
    return value;
  }

  static InvalidTargetsException invalid(String name, Object value, String expected) {
    return new InvalidTargetsException(
        name + ": " + printable(value.toString()) + " (expected: " + expected + ")");
  }

  /** Returns the text in one short line, so that a value can neither forge lines of a message nor flood it. */
  static String printable(String text) {
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }

  private static boolean isNameCharacter(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
