package dev.nines.http;

import dev.nines.request.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One segment of the declared templates, and what may follow it. A look-up compares regions of the path in place, so that
 * it allocates nothing, and visits each node at most once, whatever the path.
 */
final class RouteNode {

  private final String segment;
  private final @Nullable RouteSlot[] slots = new RouteSlot[HttpMethod.values().length];
  private final List<RouteNode> building = new ArrayList<>();

  private RouteNode[] literals = {};
  private @Nullable RouteNode variable;
  private @Nullable RouteNode rest;

  RouteNode(String segment) {
    this.segment = segment;
  }

  /** Returns the child for that segment, made if there is none yet. */
  RouteNode child(String name) {
    if (name.equals(RouteSyntax.REST)) {
      rest = rest == null ? new RouteNode(name) : rest;
      return rest;
    }
    if (RouteSyntax.isVariable(name)) {
      variable = variable == null ? new RouteNode(name) : variable;
      return variable;
    }
    return building.stream()
        .filter(node -> node.segment.equals(name))
        .findFirst()
        .orElseGet(() -> {
          RouteNode added = new RouteNode(name);
          building.add(added);
          return added;
        });
  }

  void put(HttpMethod method, RouteSlot slot) {
    slots[method.ordinal()] = slot;
  }

  /** Sorts the children for look-ups; called once, when all templates are known. */
  void freeze() {
    literals = building.toArray(RouteNode[]::new);
    Arrays.sort(literals, Comparator.comparing(node -> node.segment));
    building.forEach(RouteNode::freeze);
    if (variable != null) {
      variable.freeze();
    }
    HttpMethod head = HttpMethod.HEAD;
    slots[head.ordinal()] =
        slots[head.ordinal()] == null ? slots[HttpMethod.GET.ordinal()] : slots[head.ordinal()];
    if (rest != null) {
      rest.freeze();
    }
  }

  /**
   * Returns what matches the rest of {@code path}, or null.
   *
   * @param start the first character of the next segment; past the end when there is none
   * @param method the method that must be declared; null takes any
   */
  @Nullable
  RouteSlot find(String path, int start, @Nullable HttpMethod method) {
    if (start > path.length()) {
      RouteSlot here = slot(method);
      return here != null || rest == null ? here : rest.slot(method);
    }
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    RouteNode literal = literal(path, start, end);
    RouteSlot found = literal == null ? null : literal.find(path, end + 1, method);
    if (found == null && variable != null && end > start) {
      found = variable.find(path, end + 1, method);
    }
    return found == null && rest != null ? rest.slot(method) : found;
  }

  private @Nullable RouteSlot slot(@Nullable HttpMethod method) {
    if (method != null) {
      return slots[method.ordinal()];
    }
    for (RouteSlot slot : slots) {
      if (slot != null) {
        return slot;
      }
    }
    return null;
  }

  private @Nullable RouteNode literal(String path, int start, int end) {
    int low = 0;
    int high = literals.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(literals[middle].segment, path, start, end);
      if (order == 0) {
        return literals[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  private static int compare(String segment, String path, int start, int end) {
    int common = Math.min(segment.length(), end - start);
    for (int i = 0; i < common; i++) {
      int order = segment.charAt(i) - path.charAt(start + i);
      if (order != 0) {
        return order;
      }
    }
    return segment.length() - (end - start);
  }
}
