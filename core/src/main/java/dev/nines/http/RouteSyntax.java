package dev.nines.http;

import dev.nines.request.HttpMethod;
import dev.nines.request.RouteTable;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a route is written; used at the start, never for a request. */
final class RouteSyntax {

  static final String REST = "**";

  private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_.-]*}");
  private static final Pattern LITERAL = Pattern.compile("[^{}*?#\\s\\p{Cntrl}]+");

  private RouteSyntax() {}

  static Routes.Declared parse(String route) {
    int space = route.indexOf(' ');
    if (space < 1 || !route.startsWith("/", space + 1)) {
      throw invalid(route, "a method and a template, such as \"GET /orders/{id}\"");
    }
    HttpMethod method = HttpMethod.of(route.substring(0, space));
    if (method == HttpMethod.OTHER) {
      throw invalid(route, "one of " + methods());
    }
    String template = route.substring(space + 1);
    if (template.length() > RouteTable.MAX_TEMPLATE) {
      throw invalid(route, "a template of at most " + RouteTable.MAX_TEMPLATE + " characters");
    }
    checkSegments(route, segments(template));
    return new Routes.Declared(method, template);
  }

  /** Returns the segments after the first slash: one empty one for {@code /}, and an empty last one for {@code /a/}. */
  static String[] segments(String template) {
    return template.substring(1).split("/", -1);
  }

  static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  /** Returns the template without the names of its variables. */
  static String shape(String template) {
    return Arrays.stream(segments(template))
        .map(segment -> isVariable(segment) ? "{}" : segment)
        .collect(Collectors.joining("/"));
  }

  static IllegalArgumentException invalid(String route, String expected) {
    return new IllegalArgumentException("route: \"" + route + "\" (expected: " + expected + ")");
  }

  private static void checkSegments(String route, String[] segments) {
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean last = i == segments.length - 1;
      if (segment.equals(REST) ? !last : !segment.isEmpty() && !wellFormed(segment)) {
        throw invalid(
            route,
            "segments that are literal text, one {name} as a whole, or ** as the last; not \""
                + segment + "\"");
      }
      if (segment.isEmpty() && !last) {
        throw invalid(route, "no empty segments");
      }
    }
  }

  private static boolean wellFormed(String segment) {
    return LITERAL.matcher(segment).matches() || VARIABLE.matcher(segment).matches();
  }

  private static String methods() {
    return Arrays.stream(HttpMethod.values())
        .filter(method -> method != HttpMethod.OTHER)
        .map(HttpMethod::label)
        .collect(Collectors.joining(", "));
  }
}
