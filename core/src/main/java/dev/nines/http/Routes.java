package dev.nines.http;

import dev.nines.request.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The routes of a service, as templates: {@code GET /orders/{id}}. Matched against the raw path, segment by segment:
 *
 * <ul>
 *   <li>{@code {id}} stands for one segment that is not empty; a literal segment goes before it;
 *   <li>{@code /**} at the end stands for anything below, and for nothing;
 *   <li>{@code /ordersfoo} is not {@code /orders}, nor is {@code /orders/};
 *   <li>a path whose method no template names keeps the template, so that its 405s are seen there; {@code HEAD} goes with
 *       {@code GET};
 *   <li>what no template matches is {@code _OTHER}.
 * </ul>
 *
 * <p>Immutable and thread-safe. Decides what requests are called, never who serves them.
 */
public final class Routes {

  /** One declared route. */
  record Declared(HttpMethod method, String template) {}

  private final List<Declared> declared;

  private Routes(List<Declared> declared) {
    this.declared = List.copyOf(declared);
  }

  /**
   * Declares routes.
   *
   * @param routes each a method and a template, such as {@code POST /orders}
   * @throws IllegalArgumentException if one is malformed, or two of them match the same requests
   */
  public static Routes of(String... routes) {
    List<Declared> declared = new ArrayList<>();
    Map<String, String> shapes = new HashMap<>();
    for (String route : routes) {
      Declared next = RouteSyntax.parse(route);
      String same = shapes.put(next.method() + " " + RouteSyntax.shape(next.template()), route);
      if (same != null) {
        throw RouteSyntax.invalid(
            route, "a route that differs from \"" + same + "\" by more than names");
      }
      declared.add(next);
    }
    return new Routes(declared);
  }

  List<Declared> declared() {
    return declared;
  }
}
