package dev.nines.ops.generate;

/** Which files that are there may be written over. */
public enum Overwrite {

  /** Those that are still as they were generated. */
  UNTOUCHED,

  /** All, edited and foreign ones included. */
  ALL
}
