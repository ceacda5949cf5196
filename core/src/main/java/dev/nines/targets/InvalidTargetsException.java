package dev.nines.targets;

import java.io.Serial;

/**
 * A declaration that cannot be kept, or cannot be read. The message names the key, the value and what was expected;
 * one that comes from a file names the file and the line too.
 */
public final class InvalidTargetsException extends IllegalArgumentException {

  @Serial
  private static final long serialVersionUID = 1L;

  public InvalidTargetsException(String message) {
    super(message);
  }

  public InvalidTargetsException(String message, Throwable cause) {
    super(message, cause);
  }
}
