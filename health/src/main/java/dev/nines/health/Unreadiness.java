package dev.nines.health;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What stands against readiness at one moment.
 *
 * @param reasons for logs
 * @param domain {@code instance}, {@code shared}, or both: whether the other instances can be expected to serve
 */
record Unreadiness(String reasons, String domain) {

  static final Unreadiness NONE = new Unreadiness("", "");

  static Unreadiness of(List<Component> components, long nanos) {
    List<Component> failed = components.stream()
        .filter(c -> c.gates() && !c.condition(nanos).serves())
        .toList();
    if (failed.isEmpty()) {
      return new Unreadiness("a condition outside of the checks", "unknown");
    }
    return new Unreadiness(
        failed.stream()
            .map(c -> c.name() + ": " + c.message(nanos))
            .collect(Collectors.joining("; ")),
        failed.stream()
            .map(c -> c.domain().label())
            .distinct()
            .collect(Collectors.joining(" and ")));
  }
}
