package dev.nines.logging;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Lines on their way out: together, for one write of many costs as much as one of few; apart when that fails. What is written
 * into it is a line once that is ended.
 */
final class Batch extends OutputStream {

  private static final int MOST_LINES = 512;

  /** A pipe's capacity on Linux; more would only wait. */
  private static final int ENOUGH_BYTES = 64 * 1024;

  private final int[] ends = new int[MOST_LINES];
  private final boolean[] urgent = new boolean[MOST_LINES];
  private byte[] bytes = new byte[ENOUGH_BYTES];
  private int lines;
  private int written;

  boolean isFull() {
    return lines == MOST_LINES || length() >= ENOUGH_BYTES;
  }

  @Override
  public void write(byte[] more, int from, int length) {
    if (written + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + length);
    }
    System.arraycopy(more, from, bytes, written, length);
    written += length;
  }

  @Override
  public void write(byte[] more) {
    write(more, 0, more.length);
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one});
  }

  /** Ends the line that was written. */
  void end(boolean isUrgent) {
    urgent[lines] = isUrgent;
    ends[lines++] = written;
  }

  /** Forgets what was written since the last line ended. */
  void abandon() {
    written = length();
  }

  int lines() {
    return lines;
  }

  int start(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }

  int end(int line) {
    return ends[line];
  }

  boolean isUrgent(int line) {
    return urgent[line];
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns how many bytes the lines have together. */
  int length() {
    return start(lines);
  }

  void clear() {
    lines = 0;
    written = 0;
  }
}
