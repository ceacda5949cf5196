package dev.nines.logging;

import org.jspecify.annotations.Nullable;

/**
 * How the fields of one line are named and where they stand; one kind for each way to lay out a line.
 *
 * <p>Used by one thread, for one event.
 */
abstract class Fields {

  /** The bound on fields of one line beside the standard ones; what comes after is counted in {@code fields_omitted}. */
  static final int MOST_FIELDS = 200;

  /** Writes the name of a field whose meaning is fixed. */
  abstract void name(FieldKey key);

  /** Writes a field of ours that has a meaning only in its kind of event. */
  abstract void own(String name, @Nullable Object value);

  abstract void own(String name, long value);

  /** Writes a field of the user's; {@code prefix} is what a name that is taken gets before it. */
  abstract void users(String name, @Nullable Object value, String prefix);

  /** Writes what was left for the end. */
  abstract void end();
}
