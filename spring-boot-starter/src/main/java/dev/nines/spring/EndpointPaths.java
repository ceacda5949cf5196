package dev.nines.spring;

import jakarta.servlet.http.HttpServletRequest;

/** Reads the path that a request has within its servlet. */
final class EndpointPaths {

  private EndpointPaths() {}

  /** Returns the path behind context and servlet mapping, decoded and normalised by the container. */
  static String of(HttpServletRequest request) {
    String below = request.getPathInfo();
    return below == null ? request.getServletPath() : below;
  }
}
