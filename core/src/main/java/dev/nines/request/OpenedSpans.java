package dev.nines.request;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadableSpan;
import org.jspecify.annotations.Nullable;

/**
 * Finds the span that another instrumentation has opened for a request before it came to us. A thread that takes up a request
 * has no other span of this process, unless somebody forgot to close one: therefore it has to be an open server span, or its
 * kind be vouched for, as with an agent whose spans cannot be read. Thread-safe.
 */
final class OpenedSpans {

  private final boolean vouched;

  /** @param vouched whether the current span, whatever its kind, is that of the request */
  OpenedSpans(boolean vouched) {
    this.vouched = vouched;
  }

  /** Returns the context that such a span is current in; null if there is none. */
  @Nullable
  Context here() {
    Context around = Context.current();
    Span span = Span.fromContextOrNull(around);
    return span != null && isOfTheRequest(span) && around.get(Exchange.KEY) == null ? around : null;
  }

  private boolean isOfTheRequest(Span span) {
    SpanContext context = span.getSpanContext();
    return context.isValid() && !context.isRemote() && (vouched || isOpenServerSpan(span));
  }

  private static boolean isOpenServerSpan(Span span) {
    return span instanceof ReadableSpan readable
        && readable.getKind() == SpanKind.SERVER
        && !readable.hasEnded();
  }
}
