package dev.nines.logging;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A record was not written. Whoever asked for it should not go on as if it had been: what is audited must not happen
 * unseen.
 */
public final class AuditException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  AuditException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
