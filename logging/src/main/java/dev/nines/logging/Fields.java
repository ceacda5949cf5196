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

  /** Writes a field of ours that has a meaning only in this event. */
  abstract void own(String name, @Nullable Object value);

  /** Writes a field of ours that has a meaning only in some events, before any other that is no standard one. */
  void own(OwnField field, @Nullable Object value) {
    own(field.label(), value);
  }

  void own(OwnField field, long value) {
    own(field.label(), (Long) value);
  }

  /** Writes a number of so many thousandths. */
  void thousandths(OwnField field, long value) {
    own(field.label(), value / 1000.0);
  }

  /** Writes a field of the user's; {@code prefix} is what a name that is taken gets before it. */
  abstract void users(String name, @Nullable Object value, String prefix);

  /** Writes what was left for the end. */
  abstract void end();
}
