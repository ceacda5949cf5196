package dev.nines.trace;

import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/**
 * A getter that can tell without an iterator whether a header came once: {@code traceparent} counts only then, and is read for
 * each request.
 *
 * @param <C> what carries the headers
 */
public interface SingleHeaderGetter<C> extends TextMapGetter<C> {

  /** Returns the line of a header that came once; null if it did not come, or came repeatedly. */
  @Nullable
  String single(@Nullable C carrier, String name);
}
