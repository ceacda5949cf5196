package dev.nines.ops.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Shown {

  private static final MathContext DIGITS = new MathContext(4);
  private static final MathContext FEW = new MathContext(2);

  private Shown() {}

  /** Returns a number with at most four digits that tell something. */
  static BigDecimal rounded(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  /** Returns a share as a percentage: {@code 0.082 %}. */
  static String percent(double share) {
    BigDecimal percent = BigDecimal.valueOf(share * 100).round(FEW).stripTrailingZeros();
    return percent.toPlainString() + " %";
  }

  static String count(double count) {
    return String.format(Locale.ROOT, "%,d", Math.round(count));
  }

  /** Returns a length of time to the second: {@code 1m05s}. */
  static String length(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    return seconds < 60
        ? seconds + "s"
        : String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
  }

  static double seconds(Duration length) {
    return length.toMillis() / 1e3;
  }
}
