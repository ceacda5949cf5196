package dev.nines.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * W3C Trace Context, level 2. OpenTelemetry's own reads the first of several {@code traceparent} and {@code tracestate}
 * lines, lets duplicate keys through, refuses legal keys, and hands on any length and any flag.
 *
 * <p>What a caller sends costs one pass over it, whatever it is, and never an exception: a {@code traceparent} that is not
 * valid is as if it had not come, and {@code tracestate} with it; a bad {@code tracestate} never harms {@code traceparent}.
 *
 * <p>Stateless, hence thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/">W3C Trace Context, level 2</a>
 */
final class W3cTraceContext implements TextMapPropagator {

  static final W3cTraceContext INSTANCE = new W3cTraceContext();

  private static final String TRACEPARENT = "traceparent";
  private static final String TRACESTATE = "tracestate";

  private W3cTraceContext() {}

  @Override
  public Collection<String> fields() {
    return List.of(TRACEPARENT, TRACESTATE);
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (span.isValid()) {
      setter.set(carrier, TRACEPARENT, Traceparent.format(span));
      String state = outgoing(span.getTraceState());
      if (!state.isEmpty()) {
        setter.set(carrier, TRACESTATE, state);
      }
    }
  }

  private static String outgoing(TraceState state) {
    return state.isEmpty() ? "" : TextTraceState.of(state).header();
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    String caller = caller(carrier, getter);
    return caller == null ? context : new CallerSpan(context, caller, state(carrier, getter));
  }

  /** Returns what {@link Traceparent} reads; null if the caller sent none, an invalid one, or several. */
  static <C> @Nullable String caller(@Nullable C carrier, TextMapGetter<C> getter) {
    String traceparent = getter instanceof SingleHeaderGetter<C> quick
        ? quick.single(carrier, TRACEPARENT)
        : only(getter.getAll(carrier, TRACEPARENT));
    return traceparent == null ? null : Traceparent.parse(traceparent);
  }

  /** Returns the {@code tracestate} that came with a valid {@code traceparent}. */
  static <C> TraceState state(@Nullable C carrier, TextMapGetter<C> getter) {
    return TraceStateParser.parse(getter.getAll(carrier, TRACESTATE));
  }

  private static @Nullable String only(Iterator<String> lines) {
    String first = lines.hasNext() ? lines.next() : null;
    return lines.hasNext() ? null : first;
  }
}
