package dev.nines.endpoint;

import java.util.Set;

/**
 * Something served over HTTP, free of any server: a path, and a request that becomes a response.
 *
 * <p>Implementations are thread-safe, and only read memory unless they say otherwise. A failure becomes a 500 without
 * details.
 */
public interface Endpoint {

  /** Returns the exact path, such as {@code /health}. */
  String path();

  /** Returns the methods that it answers; others get 405. HEAD comes with GET. */
  default Set<String> methods() {
    return Set.of("GET");
  }

  /** Answers. For HEAD it is called as for GET, and the body is left out. */
  EndpointResponse handle(EndpointRequest request);
}
