package dev.nines.http;

import dev.nines.request.HttpMethod;
import dev.nines.request.Route;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/** Names the route of a servlet request. */
@FunctionalInterface
interface ServletRoutes {

  /** Where Spring MVC leaves the pattern that it matched ({@code HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE}). */
  String SPRING_PATTERN = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  Route of(HttpServletRequest request, HttpMethod method);

  /** Returns what a framework says, else the pattern to which the servlet is mapped; null if only the default serves. */
  static @Nullable String templateOf(HttpServletRequest request) {
    if (request.getAttribute(ServletRequestFilter.ROUTE_ATTRIBUTE) instanceof String named) {
      return named;
    }
    if (request.getAttribute(SPRING_PATTERN) instanceof String pattern) {
      return below(request, pattern);
    }
    HttpServletMapping mapping = request.getHttpServletMapping();
    MappingMatch match = mapping.getMappingMatch();
    return match == null || match == MappingMatch.DEFAULT
        ? null
        : below(request, mapping.getPattern());
  }

  private static String below(HttpServletRequest request, String pattern) {
    String context = request.getContextPath();
    return context.isEmpty() && !pattern.isEmpty()
        ? pattern
        : context + (pattern.isEmpty() ? "/" : pattern);
  }
}
