package dev.nines.http;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * The container's writer with a count of the bytes that it makes: of the encodings that nearly all answers have, and of no
 * other. Half a surrogate pair counts as half, whatever the encoder writes for it.
 */
final class CountedServletWriter extends PrintWriter {

  private enum Width {
    ONE,
    UTF_8,
    UNKNOWN
  }

  private final ServletAnswer answer;
  private final Width width;

  CountedServletWriter(PrintWriter writer, ServletAnswer answer, String encoding) {
    super(writer);
    this.answer = answer;
    this.width = widthOf(encoding);
  }

  private static Width widthOf(String encoding) {
    return switch (encoding.toUpperCase(Locale.ROOT)) {
      case "UTF-8" -> Width.UTF_8;
      case "ISO-8859-1", "US-ASCII" -> Width.ONE;
      default -> Width.UNKNOWN;
    };
  }

  /** Returns whether the count means anything. */
  boolean counts() {
    return width != Width.UNKNOWN;
  }

  @Override
  public void write(int c) {
    super.write(c);
    answer.wrote(bytesOf((char) c));
  }

  @Override
  public void write(char[] text, int from, int length) {
    super.write(text, from, length);
    long bytes = 0;
    for (int at = from; at < from + length; at++) {
      bytes += bytesOf(text[at]);
    }
    answer.wrote(bytes);
  }

  @Override
  public void write(String text, int from, int length) {
    super.write(text, from, length);
    long bytes = 0;
    for (int at = from; at < from + length; at++) {
      bytes += bytesOf(text.charAt(at));
    }
    answer.wrote(bytes);
  }

  /** Ends the line through {@link #write}: its own way around would not be counted. */
  @Override
  public void println() {
    write(System.lineSeparator());
  }

  private int bytesOf(char c) {
    if (width != Width.UTF_8 || c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
