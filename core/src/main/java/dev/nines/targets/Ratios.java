package dev.nines.targets;

import java.math.BigDecimal;

/** Exact fractions, read and written as percentages. */
public final class Ratios {

  private Ratios() {}

  /**
   * Returns the fraction that a percentage stands for: {@code percent("99.9")} and {@code percent("99.9%")} are 0.999.
   *
   * @throws InvalidTargetsException if the text is not a decimal number
   */
  public static BigDecimal percent(String text) {
    String number =
        text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text.strip();
    try {
      return new BigDecimal(number).movePointLeft(2).stripTrailingZeros();
    } catch (NumberFormatException e) {
      throw new InvalidTargetsException(
          "percentage: " + text + " (expected: a decimal number such as 99.9%)", e);
    }
  }

  /** Writes a fraction as a percentage without loss: 0.999 is {@code 99.9%}. */
  public static String format(BigDecimal fraction) {
    return fraction.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
