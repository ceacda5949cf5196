package dev.nines.ops.generate;

/**
 * What becomes of one file of an output directory.
 *
 * @param path below the directory
 * @param kind what becomes of it
 */
public record Change(String path, Kind kind) {

  /** What can become of a file. */
  public enum Kind {
    /** There was none. */
    CREATED,
    /** It was generated, and follows the declaration. */
    UPDATED,
    /** It already says the same. */
    UNCHANGED,
    /** It was generated, isn't any more, and goes. */
    REMOVED,
    /** Somebody has written it, or edited it since it was generated, so it stays. */
    KEPT
  }

  /** Returns whether the directory has, or had, something else than the declaration gives. */
  public boolean differs() {
    return kind != Kind.UNCHANGED;
  }
}
