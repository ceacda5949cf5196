package dev.nines.endpoint;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Something served over HTTP, free of any server: a path, and a request that becomes a response.
 *
 * <p>Implementations are thread-safe, and only read memory unless they say otherwise. A failure becomes a 500 without
 * details.
 */
public interface Endpoint {

  /** How long an answer may be waited for; a server that waits cuts the connection some seconds later. */
  Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** Returns the exact path, such as {@code /health}. */
  String path();

  /** Returns the methods that it answers; others get 405. HEAD comes with GET. */
  default Set<String> methods() {
    return Set.of("GET");
  }

  /** Answers. For HEAD it is called as for GET, and the body is left out. */
  EndpointResponse handle(EndpointRequest request);

  /**
   * Answers at once, or within {@link #LONGEST_WAIT} if the client asked to wait for something; by default at once. Asked
   * by servers that can wait without holding a thread; others ask {@link #handle}. Who no longer waits cancels the answer.
   */
  default CompletableFuture<EndpointResponse> handleLater(EndpointRequest request) {
    return CompletableFuture.completedFuture(handle(request));
  }
}
