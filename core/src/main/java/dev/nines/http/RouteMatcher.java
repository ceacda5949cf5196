package dev.nines.http;

import dev.nines.request.HttpMethod;
import dev.nines.request.Route;
import dev.nines.request.RouteTable;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request among those declared, without regex and without allocation. Thread-safe. */
final class RouteMatcher {

  private final RouteTable table;
  private final RouteNode root = new RouteNode("");

  RouteMatcher(Routes routes, RouteTable table) {
    this.table = table;
    for (Routes.Declared declared : routes.declared()) {
      RouteNode node = root;
      for (String segment : RouteSyntax.segments(declared.template())) {
        node = node.child(segment);
      }
      node.put(declared.method(), new RouteSlot(table.declare(declared.template())));
    }
    root.freeze();
  }

  Route match(HttpMethod method, @Nullable String rawPath) {
    if (rawPath == null || !rawPath.startsWith("/")) {
      return table.other();
    }
    RouteSlot slot = root.find(rawPath, 1, method);
    if (slot == null) {
      slot = root.find(rawPath, 1, null);
    }
    if (slot == null) {
      return table.other();
    }
    return slot.route() != null ? slot.route() : table.fold();
  }
}
