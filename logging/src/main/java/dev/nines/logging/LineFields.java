package dev.nines.logging;

import dev.nines.telemetry.ServiceIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What Nines itself puts into a line: travels as the one key-value pair of an event, and writes its fields straight into the
 * line. {@code toString} is what a layout for people shows.
 */
interface LineFields {

  /** The key of the pair. */
  String KEY = "event";

  /** Returns the line's {@code event_type}. */
  String eventType();

  /** Returns the service that speaks; null when it is whoever's exchange is current. */
  @Nullable
  ServiceIdentity service();

  /** Returns the same with values that nobody changes any more. */
  default LineFields fixed(DebugFields values) {
    return this;
  }

  /** Writes the other fields. */
  void writeTo(Line line);

  /**
   * Returns about how many characters it holds, so that it may be written later by another thread; {@link Fixed#NOT} if it
   * might then read otherwise.
   */
  int weight();
}
