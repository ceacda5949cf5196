package dev.nines.dependency;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.time.Duration;

/**
 * One call under way, as an adapter of some client library sees it. Valid until the call ends.
 *
 * @see Guard#http
 */
public interface Attempt {

  /** Returns what remains until the deadline, at least 1 ms; an adapter sets the client's own timeouts from it. */
  Duration remaining();

  /** Returns the context to inject into what is sent; it holds the client span, and is current while the body runs. */
  Context context();

  /** Returns the client span. */
  Span span();

  /** Tells the status of the HTTP answer, on any thread, before the body returns or its future completes. */
  void status(int httpStatus);
}
