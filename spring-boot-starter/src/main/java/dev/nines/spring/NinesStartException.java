package dev.nines.spring;

import java.io.Serial;

/** Nines cannot start; the message is for whoever declared what is wrong. */
final class NinesStartException extends RuntimeException {

  @Serial
  private static final long serialVersionUID = 1L;

  NinesStartException(String message, Throwable cause) {
    super(message, cause);
  }

  NinesStartException(String message) {
    super(message);
  }
}
