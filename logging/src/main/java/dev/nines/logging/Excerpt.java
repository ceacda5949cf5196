package dev.nines.logging;

import org.jspecify.annotations.Nullable;

/**
 * A text of a client's, of which a line shows the beginning. It is kept longer than it is shown, for redaction reads on.
 *
 * @param text at most {@link #MOST_KEPT} characters
 */
record Excerpt(String text) {

  /** The most bytes of a line that it takes. */
  static final int MOST_BYTES = 512;

  /** How much of the original is needed. */
  static final int MOST_KEPT = MOST_BYTES + Line.LOOK_AHEAD;

  static @Nullable Excerpt of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return new Excerpt(text.length() > MOST_KEPT ? text.substring(0, MOST_KEPT) : text);
  }

  @Override
  public String toString() {
    return text.length() > MOST_BYTES ? text.substring(0, MOST_BYTES) : text;
  }
}
