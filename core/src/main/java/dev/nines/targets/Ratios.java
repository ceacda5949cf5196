package dev.nines.targets;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exact fractions, read and written as percentages. */
public final class Ratios {

  /** Bounded, so that no text makes a number too long to handle. */
  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,18})?) ?%?");

  private Ratios() {}

  /**
   * Returns the fraction that a percentage stands for: {@code percent("99.9")} and {@code percent("99.9%")} are 0.999.
   *
   * @throws InvalidTargetsException if the text is not a decimal number of usual length
   */
  public static BigDecimal percent(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw Check.invalid("percentage", text, "a percentage such as 99.9%");
    }
    return new BigDecimal(matcher.group(1)).movePointLeft(2).stripTrailingZeros();
  }

  /** Writes a fraction as a percentage without loss: 0.999 is {@code 99.9%}. */
  public static String format(BigDecimal fraction) {
    return fraction.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
