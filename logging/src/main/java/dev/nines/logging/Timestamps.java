package dev.nines.logging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes instants as {@code 2026-11-21T17:00:00.123456Z}. The text of the last second is kept, for most lines share it.
 *
 * <p>Thread-safe.
 */
final class Timestamps {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final int MICRO_DIGITS = 6;

  private volatile Second last = new Second(Instant.EPOCH.getEpochSecond());

  /** Returns the characters of {@code instant}, as bytes, in an array of their own. */
  byte[] format(Instant instant) {
    Second second = last;
    if (second.epochSecond != instant.getEpochSecond()) {
      second = new Second(instant.getEpochSecond());
      last = second;
    }
    byte[] text = second.template.clone();
    int micros = instant.getNano() / 1000;
    for (int at = text.length - 2; at > text.length - 2 - MICRO_DIGITS; at--) {
      text[at] = (byte) ('0' + micros % 10);
      micros /= 10;
    }
    return text;
  }

  private static final class Second {

    private final long epochSecond;
    private final byte[] template;

    Second(long epochSecond) {
      this.epochSecond = epochSecond;
      this.template = (SECONDS.format(Instant.ofEpochSecond(epochSecond)) + ".000000Z")
          .getBytes(StandardCharsets.US_ASCII);
    }
  }
}
