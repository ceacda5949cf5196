package dev.nines.spring;

import dev.nines.http.ServletRequestFilter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** Names routes by Spring MVC's best matching pattern. */
final class MvcTemplates {

  /** Where static files are looked for when nothing else matched: a route of no name, for nothing is found there mostly. */
  private static final String EVERYTHING = "/**";

  private MvcTemplates() {}

  static @Nullable String of(HttpServletRequest request) {
    boolean unmatched =
        EVERYTHING.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
            && request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE)
                instanceof ResourceHttpRequestHandler;
    return unmatched ? null : ServletRequestFilter.templateOf(request);
  }
}
