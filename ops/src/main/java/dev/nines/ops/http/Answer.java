package dev.nines.ops.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a server answered.
 *
 * @param status status of HTTP
 * @param body the whole body; not to be changed
 * @param took from the request to the last byte
 */
public record Answer(int status, byte[] body, Duration took) {

  /** Returns whether the status says that all went well: 200 to 399, as for Kubernetes' probes. */
  public boolean isWell() {
    return status >= 200 && status < 400;
  }

  /** Returns the body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
