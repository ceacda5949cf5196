package dev.nines.logging;

/** A part of a text as one number, for scanners find one per secret and should allocate nothing for the others. */
final class Span {

  static final long NONE = -1;

  private Span() {}

  /** Returns the span of the characters {@code from} this one and before {@code to}; {@link #NONE} if there is none. */
  static long of(int from, int to) {
    return from < to ? (long) from << Integer.SIZE | to : NONE;
  }

  static int from(long span) {
    return (int) (span >> Integer.SIZE);
  }

  static int to(long span) {
    return (int) span;
  }
}
