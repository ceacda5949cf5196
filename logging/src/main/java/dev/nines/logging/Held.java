package dev.nines.logging;

/** What waits in the {@link LogBuffer}. Immutable to all but the thread that made it, and the writer after it. */
interface Held {

  /** Returns about how many bytes it holds on to. */
  int weight();

  /** Returns whether it is WARN or above. */
  boolean isUrgent();
}
