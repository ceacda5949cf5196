package dev.nines.examples.quickstart;

import org.jspecify.annotations.Nullable;

/** Why the service cannot start; the message names what to change. */
final class StartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StartFailure(String message) {
    this(message, null);
  }

  StartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
