package dev.nines.dependency;

import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * What only some calls have: those over HTTP, those within another, those that are recorded, may be repeated, get less time
 * than is usual, are asked for their ids, or go wrong. Kept apart, because a call that is none of these is most calls.
 */
final class CallDetails {

  @Nullable
  HttpCall<Object> http;

  @Nullable
  Repetition repetition;

  /** The call that this one is part of. */
  @Nullable
  Call enclosing;

  /** OpenTelemetry's; null if no span is recorded. */
  @Nullable
  Span span;

  /** Of an unrecorded span, once somebody has asked for it. */
  volatile @Nullable String spanId;

  @Nullable
  String errorType;

  /** When the time of the whole call is over. */
  long due;

  short status;

  /** Whether somebody else had interrupted the thread before the call. */
  boolean interruptedBefore;

  CallDetails(long due) {
    this.due = due;
  }
}
