package dev.nines.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * W3C before the user's other formats. In a plain composite the last format read would win; here a caller that W3C knows
 * stays the parent, and the others serve callers that speak nothing else.
 */
final class W3cFirst implements TextMapPropagator {

  private final TextMapPropagator w3c;
  private final TextMapPropagator others;

  W3cFirst(TextMapPropagator w3c, TextMapPropagator others) {
    this.w3c = w3c;
    this.others = others;
  }

  @Override
  public Collection<String> fields() {
    return Stream.of(w3c, others).flatMap(p -> p.fields().stream()).distinct().toList();
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    w3c.inject(context, carrier, setter);
    others.inject(context, carrier, setter);
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    Context known = w3c.extract(context, carrier, getter);
    Context both = others.extract(known, carrier, getter);
    Span caller = Span.fromContext(known);
    return caller.getSpanContext().isValid() ? both.with(caller) : both;
  }
}
