package dev.nines.logging;

import java.util.Arrays;

/** Lines on their way out: together, for one write of many costs as much as one of few; apart when that fails. */
final class Batch {

  private static final int MOST_LINES = 512;

  /** A pipe's capacity on Linux; more would only wait. */
  private static final int ENOUGH_BYTES = 64 * 1024;

  private final int[] ends = new int[MOST_LINES];
  private final boolean[] urgent = new boolean[MOST_LINES];
  private byte[] bytes = new byte[ENOUGH_BYTES];
  private int lines;

  boolean isFull() {
    return lines == MOST_LINES || length() >= ENOUGH_BYTES;
  }

  void add(byte[] line, boolean isUrgent) {
    int from = length();
    if (from + line.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + line.length);
    }
    System.arraycopy(line, 0, bytes, from, line.length);
    urgent[lines] = isUrgent;
    ends[lines++] = from + line.length;
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

  int length() {
    return start(lines);
  }

  void clear() {
    lines = 0;
  }
}
