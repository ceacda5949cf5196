package dev.nines.dependency;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.time.Duration;

/**
 * One call under way, as an adapter of some client library sees it. Valid until the call ends.
 *
 * @see Guard#http
 */
public interface Attempt {

  /** Returns what remains until the deadline, at least 1 ms; an adapter sets the client's own timeouts from it. */
  Duration remaining();

  /** Writes the trace context of the client span into what is sent. Never throws: without it the call goes on untraced. */
  <C> void inject(C carrier, TextMapSetter<C> setter);

  /** Returns the client span, which is current while the body runs. */
  Span span();
}
