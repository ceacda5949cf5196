package dev.nines.logging;

/** Marks an event that was held back and is written only now; its line says {@code "buffered":true}. */
enum Buffered {
  MARK;

  /** The key of the pair in which it travels, and the name of the line's field. */
  static final String KEY = "buffered";
}
