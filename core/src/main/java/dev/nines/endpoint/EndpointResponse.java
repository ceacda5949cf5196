package dev.nines.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An endpoint's answer. {@code Cache-Control: no-store} is added to each.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param body handed out as it is and never changed afterwards, so that a cached answer costs no copy
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent") // shared without copies on purpose, see body
public record EndpointResponse(
    int status, String contentType, byte[] body, Map<String, String> headers) {

  public static EndpointResponse json(int status, byte[] body) {
    return new EndpointResponse(status, "application/json", body, Map.of());
  }

  public static EndpointResponse text(int status, String body) {
    return new EndpointResponse(
        status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
