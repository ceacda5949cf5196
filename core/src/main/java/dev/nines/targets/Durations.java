package dev.nines.targets;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Durations, written as people say them: {@code 200ms}, {@code 43m12s}, {@code 30d}. */
public final class Durations {

  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MICROS_PER_MILLI = 1_000;

  private Durations() {}

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
