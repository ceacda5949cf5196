package dev.nines.endpoint;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for an endpoint.
 *
 * @param method upper case, as sent
 * @param path without the query
 * @param query decoded parameters, the first of each name
 * @param headers by lower-case name; repeated ones joined by comma
 * @param authorized whether the caller may see details and change things
 */
public record EndpointRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    boolean authorized) {

  /** Returns a header by its lower-case name. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }
}
