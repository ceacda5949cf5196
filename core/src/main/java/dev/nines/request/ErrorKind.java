package dev.nines.request;

import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Why a request went wrong, told apart as an operator would act on it. */
public enum ErrorKind {
  /** The service's own fault. */
  SERVER_ERROR,
  /** Something took too long: a guarded call, an asynchronous answer, whatever the handler waited for. */
  TIMEOUT,
  /** Refused by us, because we drain, are full, or spare the error budget. */
  REJECTED,
  /** The breaker of a dependency let no call through. */
  BREAKER_OPEN,
  /** A guarded call failed, and nothing took its place. */
  DEPENDENCY,
  /** The caller went away before the answer: outside the error budget. */
  CLIENT_ABORT;

  /** How far causes are followed: further than anybody nests them, and no circle is endless. */
  private static final int DEEPEST = 16;

  private static final int GATEWAY_TIMEOUT = 504;

  private static final String[] LABELS = {
    "server_error", "timeout", "rejected", "breaker_open", "dependency", "client_abort"
  };

  /** A throwable that knows of which kind the failure is that it brings about. */
  public interface Known {
    ErrorKind errorKind();
  }

  /** Returns the name in labels and log lines: {@code server_error}. */
  public String label() {
    return LABELS[ordinal()];
  }

  /** Returns the kind of a dependency's failure. */
  public static ErrorKind ofFailedCall(@Nullable Throwable thrown) {
    ErrorKind told = told(thrown);
    return told == null ? DEPENDENCY : told;
  }

  /** Returns the kind of an ended exchange; null if it did not go wrong. */
  static @Nullable ErrorKind of(Exchange exchange) {
    return switch (exchange.outcome()) {
      case SUCCESS, CLIENT_ERROR -> null;
      case CLIENT_ABORT -> CLIENT_ABORT;
      case REJECTED -> REJECTED;
      case SERVER_ERROR -> ofServerError(exchange);
    };
  }

  private static ErrorKind ofServerError(Exchange exchange) {
    ErrorKind told = told(exchange.error());
    if (told != null) {
      return told;
    }
    ErrorKind failedCall = exchange.failedCall();
    if (failedCall != null) {
      return failedCall;
    }
    return exchange.status() == GATEWAY_TIMEOUT ? TIMEOUT : SERVER_ERROR;
  }

  private static @Nullable ErrorKind told(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof Known known) {
        return known.errorKind();
      }
      if (cause instanceof TimeoutException
          || cause instanceof HttpTimeoutException
          || cause instanceof InterruptedIOException) { // a socket's timeout is one of these
        return TIMEOUT;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
