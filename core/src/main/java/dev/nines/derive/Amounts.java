package dev.nines.derive;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Exact arithmetic on durations; what cannot be exact is rounded down, so that a limit is never later than promised. */
final class Amounts {

  private static final int NANO_DIGITS = 9;

  private Amounts() {}

  /** Returns the product, to the whole microsecond. */
  static Duration times(Duration duration, BigDecimal factor) {
    return ofSeconds(seconds(duration).multiply(factor), 6);
  }

  static Duration times(Duration duration, String factor) {
    return times(duration, new BigDecimal(factor));
  }

  /** Returns the quotient, to the whole millisecond. */
  static Duration over(Duration duration, String divisor) {
    return ofSeconds(
        seconds(duration).divide(new BigDecimal(divisor), NANO_DIGITS, RoundingMode.DOWN), 3);
  }

  static Duration clamp(Duration value, Duration least, Duration most) {
    return least(largest(value, least), most);
  }

  static Duration least(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  static Duration largest(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
  }

  /** Returns the length in whole seconds, rounded up. */
  static int secondsUp(Duration duration) {
    return seconds(duration).setScale(0, RoundingMode.CEILING).intValueExact();
  }

  private static Duration ofSeconds(BigDecimal seconds, int digits) {
    BigDecimal kept = seconds.setScale(digits, RoundingMode.DOWN);
    long whole = kept.longValue();
    long nanos =
        kept.subtract(BigDecimal.valueOf(whole)).movePointRight(NANO_DIGITS).longValueExact();
    return Duration.ofSeconds(whole, nanos);
  }
}
