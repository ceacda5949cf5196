package dev.nines.logging;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Where a field stands in a line of each layout, encoded once. Immutable and thread-safe. */
final class FieldKey {

  /** No object around a field but the line itself. */
  static final SerializableString[] TOP = {};

  /** One object for each name, so that groups are compared by identity. */
  private static final ConcurrentHashMap<String, SerializableString> GROUPS =
      new ConcurrentHashMap<>();

  private final SerializableString nines;
  private final SerializableString dotted;
  private final SerializableString[] groups;
  private final SerializableString last;

  FieldKey(String nines, String ecs) {
    int dot = ecs.lastIndexOf('.');
    this.nines = new SerializedString(nines);
    this.dotted = new SerializedString(ecs);
    this.groups = dot < 0 ? TOP : groups(ecs.substring(0, dot).split("\\."));
    this.last = new SerializedString(ecs.substring(dot + 1));
  }

  static SerializableString[] groups(String... names) {
    return Arrays.stream(names)
        .map(name -> GROUPS.computeIfAbsent(name, SerializedString::new))
        .toArray(SerializableString[]::new);
  }

  /** Returns the names of the objects around it, the outermost first. */
  SerializableString[] groups(Layout layout) {
    return layout == Layout.ECS ? groups : TOP;
  }

  /** Returns its name within them. */
  SerializableString name(Layout layout) {
    return switch (layout) {
      case NINES -> nines;
      case ECS -> last;
      case ECS_DOTTED -> dotted;
    };
  }
}
