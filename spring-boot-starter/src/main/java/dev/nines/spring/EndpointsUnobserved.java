package dev.nines.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Predicate;

/** Observes all requests but those of probes and scrapers, by their path. */
final class EndpointsUnobserved implements Filter {

  private final Filter observing;
  private final Predicate<String> unobserved;

  EndpointsUnobserved(Filter observing, Predicate<String> unobserved) {
    this.observing = observing;
    this.unobserved = unobserved;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http && unobserved.test(EndpointPaths.of(http))) {
      chain.doFilter(request, response);
    } else {
      observing.doFilter(request, response, chain);
    }
  }
}
