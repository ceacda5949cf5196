package dev.nines.logging;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fields that are written: no two of one place share a name, and what finds no room is counted. */
abstract class WrittenFields extends Fields {

  private static final String[] NONE = {};

  /** As many as a request's line has, as a rule. */
  private static final int MOST_OWN = 12;

  final Line line;
  private String[] names = NONE;
  private int count;
  private int omitted;

  WrittenFields(Line line) {
    this.line = line;
  }

  /** Returns whether this name is not for users. */
  abstract boolean isReserved(String name);

  /** Returns a name that is free and fits; null if there is no room for the field, which is counted. */
  final @Nullable String free(String name, String prefix) {
    if (count == MOST_FIELDS) {
      omitted++;
      return null;
    }
    if (!hasRoom()) {
      return null;
    }
    String fit = line.fitName(name);
    String free = fit.isEmpty() || isReserved(fit) ? prefix + fit : fit;
    while (isTaken(free)) {
      free = prefix + free;
    }
    add(free);
    return free;
  }

  /** Takes the name of a field of ours; returns false if there is no room for the field, which is counted. */
  final boolean take(OwnField field) {
    if (!hasRoom()) {
      return false;
    }
    add(field.label());
    return true;
  }

  private void add(String name) {
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count + MOST_OWN);
    }
    names[count++] = name;
  }

  /** Returns whether the line has room for one more field; counts the field if not. */
  final boolean hasRoom() {
    if (line.hasRoom()) {
      return true;
    }
    omitted++;
    return false;
  }

  /** Returns how many fields found no room. */
  final int omitted() {
    return omitted;
  }

  private boolean isTaken(String name) {
    for (int at = 0; at < count; at++) {
      if (names[at].equals(name)) {
        return true;
      }
    }
    return false;
  }
}
