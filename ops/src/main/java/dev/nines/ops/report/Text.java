package dev.nines.ops.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Numbers and times as people read them. */
final class Text {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Text() {}

  /** Returns a share of failures: {@code 0.082 %}. */
  static String share(double share) {
    return plain(share * 100, 3) + " %";
  }

  /** Returns a share that is nearly all, as exactly as its distance from all: {@code 99.9876 %}. */
  static String nearlyAll(double share) {
    BigDecimal missing = BigDecimal.valueOf((1 - share) * 100).round(new MathContext(3));
    return new BigDecimal(100).subtract(missing).stripTrailingZeros().toPlainString() + " %";
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  static String count(double count) {
    return String.format(Locale.ROOT, "%,d", Math.round(count));
  }

  /** Returns a length of time with a unit that fits: {@code 142 ms}, {@code 1.2 s}. */
  static String seconds(double seconds) {
    return seconds < 1 ? plain(seconds * 1000, 3) + " ms" : plain(seconds, 3) + " s";
  }

  static String seconds(Optional<Double> seconds) {
    return seconds.map(Text::seconds).orElse("–");
  }

  /** Returns a length of time to the second: {@code 1d 2h 3m 4s}. */
  static String length(Duration length) {
    StringBuilder text = new StringBuilder();
    append(text, length.toDaysPart(), "d ");
    append(text, length.toHoursPart(), "h ");
    append(text, length.toMinutesPart(), "m ");
    append(text, length.toSecondsPart(), "s ");
    return text.isEmpty() ? "0s" : text.toString().strip();
  }

  static String at(Instant moment) {
    return MINUTE.format(moment);
  }

  static String day(Instant moment) {
    return DAY.format(moment);
  }

  static String kept(boolean kept) {
    return kept ? "kept" : "broken";
  }

  static String objective(String objective, String routeClass) {
    return routeClass.equals("default") ? objective : objective + " of " + routeClass;
  }

  static String plain(double value, int digits) {
    BigDecimal rounded =
        BigDecimal.valueOf(value).round(new MathContext(digits)).stripTrailingZeros();
    return rounded.toPlainString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
