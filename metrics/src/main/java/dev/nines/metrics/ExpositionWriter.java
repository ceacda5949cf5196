package dev.nines.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes an exposition as bytes, from parts that were made before and numbers that are made here, without an object for
 * each line. Not thread-safe; to be flushed at the end.
 */
final class ExpositionWriter {

  private static final int SIZE = 8 * 1024;

  /** Whole numbers up to here are the same in floating point. */
  private static final double EXACT = 1L << 53;

  private static final int LONGEST_NUMBER = 32;
  private static final byte[] NOT_A_NUMBER = bytes("NaN");
  private static final byte[] INFINITE = bytes("+Inf");
  private static final byte[] MINUS_INFINITE = bytes("-Inf");

  private final OutputStream out;
  private final byte[] buffer = new byte[SIZE];
  private int length;

  ExpositionWriter(OutputStream out) {
    this.out = out;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  ExpositionWriter put(byte[] part) throws IOException {
    if (part.length > SIZE - length) {
      flush();
    }
    if (part.length > SIZE) {
      out.write(part);
    } else {
      System.arraycopy(part, 0, buffer, length, part.length);
      length += part.length;
    }
    return this;
  }

  ExpositionWriter put(char ascii) throws IOException {
    if (length == SIZE) {
      flush();
    }
    buffer[length++] = (byte) ascii;
    return this;
  }

  /** Writes a count, which is never negative. */
  ExpositionWriter put(long count) throws IOException {
    if (SIZE - length < LONGEST_NUMBER) {
      flush();
    }
    int digits = 1;
    for (long rest = count / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = count;
    for (int at = length + digits - 1; at >= length; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  ExpositionWriter put(double number) throws IOException {
    boolean positive = Double.doubleToRawLongBits(number) >= 0;
    if (positive && number < EXACT && number == (long) number) {
      return put((long) number).put('.').put('0');
    } else if (Double.isNaN(number)) {
      return put(NOT_A_NUMBER);
    } else if (Double.isInfinite(number)) {
      return put(number > 0 ? INFINITE : MINUS_INFINITE);
    }
    return put(Double.toString(number));
  }

  /** Writes text that is ASCII. */
  ExpositionWriter put(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      put(ascii.charAt(i));
    }
    return this;
  }

  void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }
}
