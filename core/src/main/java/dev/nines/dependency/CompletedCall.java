package dev.nines.dependency;

import dev.nines.request.HttpMethod;
import org.jspecify.annotations.Nullable;

/** A guarded call that has ended. Valid only while a {@link CallListener} is told of it. */
public interface CompletedCall {

  /** Returns the dependency that was called. */
  Guard guard();

  CallOutcome outcome();

  /** Returns how long it took, in nanoseconds, rejections included. */
  long durationNanos();

  /** Returns the HTTP method, or null when the call was no HTTP request that an adapter saw. */
  @Nullable
  HttpMethod method();

  /** Returns the HTTP status, or 0 when there was none. */
  int status();

  /**
   * Returns OpenTelemetry's {@code error.type}: the exception's class, the status from 400 on, or the outcome's label; null
   * where there was no error. A 4xx is one by its conventions, though the outcome is a success.
   */
  @Nullable
  String errorType();
}
