package dev.nines.endpoint;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for an endpoint.
 *
 * @param method as sent; names of methods are case-sensitive
 * @param path decoded and not normalised, without the query
 * @param query decoded parameters: the values of each name, in their order
 * @param headers by lower-case name; repeated ones joined by comma
 * @param body handed in as it was received, empty if there was none; bounded by the server
 * @param client whom the certificate names that a client has shown, such as {@code CN=monitor,O=shop}; empty without one
 * @param authorized whether the caller may see details and change things
 */
@SuppressWarnings("ArrayRecordComponent") // shared without copies on purpose, as in the response
public record EndpointRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body,
    String client,
    boolean authorized) {

  private static final byte[] NO_BODY = {};

  /** A request without a body. */
  public EndpointRequest(
      String method,
      String path,
      Map<String, List<String>> query,
      Map<String, String> headers,
      boolean authorized) {
    this(method, path, query, headers, NO_BODY, "", authorized);
  }

  /** Returns the values of a query parameter, none if it was not given. */
  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** Returns a header by its lower-case name. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Returns the same request as one who may, or may not, see details and change things. */
  public EndpointRequest withAuthorized(boolean may) {
    return may == authorized
        ? this
        : new EndpointRequest(method, path, query, headers, body, client, may);
  }
}
