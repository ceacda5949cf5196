package dev.nines.ops.prometheus;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Prometheus did not answer, or not with what was asked for; the message names the server and the reason. */
public final class PrometheusException extends IOException {

  private static final long serialVersionUID = 1L;

  PrometheusException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
