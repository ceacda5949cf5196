package dev.nines.targets;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, read and written as people say them: {@code 200ms}, {@code 43m12s}, {@code 30d}. */
public final class Durations {

  static final String EXPECTED = "a duration such as 200ms, 30s, 5m, 2h, 30d or 1m30s";

  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MICROS_PER_MILLI = 1_000;

  /** Longer numbers are mistakes, and could overflow a duration. */
  private static final String NUMBER = "\\d{1,9}(?:\\.\\d{1,9})?";

  private static final Pattern PART = Pattern.compile("(" + NUMBER + ")(d|h|ms|m|s|us|ns)");
  private static final Pattern FORM = Pattern.compile("(?:" + NUMBER + "(?:d|h|ms|m|s|us|ns))+");

  /** The units, longest first: in this order they may be combined. */
  private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms", "us", "ns");

  private static final List<ChronoUnit> LENGTHS = List.of(
      ChronoUnit.DAYS,
      ChronoUnit.HOURS,
      ChronoUnit.MINUTES,
      ChronoUnit.SECONDS,
      ChronoUnit.MILLIS,
      ChronoUnit.MICROS,
      ChronoUnit.NANOS);

  private Durations() {}

  /**
   * Reads what {@link #format} writes, and decimal numbers: {@code 1m30s}, {@code 0.5s}. Each unit stands at most once, a
   * longer one before a shorter one.
   *
   * @throws InvalidTargetsException if the text is anything else; a bare number too, since its unit would be a guess
   */
  public static Duration parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw unreadable(text);
    }
    Duration sum = Duration.ZERO;
    int lastUnit = -1;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      int unit = UNITS.indexOf(part.group(2));
      if (unit <= lastUnit) {
        throw unreadable(text);
      }
      lastUnit = unit;
      sum = sum.plus(length(part.group(1), unit));
    }
    return sum;
  }

  private static Duration length(String number, int unit) {
    BigDecimal nanosPerUnit = BigDecimal.valueOf(LENGTHS.get(unit).getDuration().toSeconds())
        .movePointRight(9)
        .add(BigDecimal.valueOf(LENGTHS.get(unit).getDuration().toNanosPart()));
    BigDecimal nanos = new BigDecimal(number).multiply(nanosPerUnit);
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValue());
  }

  private static InvalidTargetsException unreadable(String text) {
    return Check.invalid("duration", text, EXPECTED);
  }

  /** Writes a duration without loss: 2592 s is {@code 43m12s}, 1.5 s is {@code 1s500ms}. */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDaysPart(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    append(text, duration.toNanosPart() / NANOS_PER_MICRO % MICROS_PER_MILLI, "us");
    append(text, duration.toNanosPart() % NANOS_PER_MICRO, "ns");
    return text.toString();
  }

  /** Returns the length in seconds, with fractions: the unit of Prometheus. */
  public static double seconds(Duration duration) {
    return duration.getSeconds()
        + duration.getNano() / (double) ChronoUnit.SECONDS.getDuration().toNanos();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount != 0) {
      text.append(amount).append(unit);
    }
  }
}
