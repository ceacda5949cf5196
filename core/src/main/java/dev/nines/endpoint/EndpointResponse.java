package dev.nines.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An endpoint's answer. {@code Cache-Control: no-store} is added to each that does not say {@code no-cache} itself.
 *
 * @param status HTTP status, 200 to 599
 * @param contentType of the body
 * @param body handed out as it is and never changed afterwards, so that a cached answer costs no copy
 * @param headers further headers; names and values without control characters, and none that frame the body: the server
 *     sets those
 */
@SuppressWarnings("ArrayRecordComponent") // shared without copies on purpose, see body
public record EndpointResponse(
    int status, String contentType, byte[] body, Map<String, String> headers) {

  public EndpointResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
    }
    headers.forEach(EndpointResponse::check);
  }

  /** Returns an answer in JSON. */
  public static EndpointResponse json(int status, byte[] body) {
    return new EndpointResponse(status, "application/json", body, Map.of());
  }

  /** Returns an answer in plain text. */
  public static EndpointResponse text(int status, String body) {
    return new EndpointResponse(
        status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Returns the same answer with one more header, which replaces one of the same name. */
  public EndpointResponse withHeader(String name, String value) {
    if (headers.isEmpty()) {
      return new EndpointResponse(status, contentType, body, Map.of(name, value));
    }
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new EndpointResponse(status, contentType, body, more);
  }

  private static void check(String name, String value) {
    if (hasControls(name) || hasControls(value)) {
      throw new IllegalArgumentException(
          "headers: a control character in one of them (expected: printable characters)");
    }
    if (name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("Transfer-Encoding")) {
      throw new IllegalArgumentException("headers: " + name + " (expected: left to the server)");
    }
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
