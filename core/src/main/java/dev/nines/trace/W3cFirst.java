package dev.nines.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * W3C before the user's other formats. In a plain composite the last format read would win; here a caller that W3C knows
 * stays the parent, and the others serve callers that speak nothing else. W3C's headers are not shown to them, so that an
 * implementation of W3C among them cannot take what ours refused, nor write over what ours wrote.
 */
final class W3cFirst implements TextMapPropagator {

  private final TextMapPropagator w3c;
  private final TextMapPropagator others;
  private final Set<String> taken;

  W3cFirst(TextMapPropagator w3c, TextMapPropagator others) {
    this.w3c = w3c;
    this.others = others;
    this.taken = Set.copyOf(w3c.fields());
  }

  @Override
  public Collection<String> fields() {
    return Stream.of(w3c, others).flatMap(p -> p.fields().stream()).distinct().toList();
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    w3c.inject(context, carrier, setter);
    others.inject(context, carrier, (target, name, value) -> {
      if (!taken.contains(name)) {
        setter.set(target, name, value);
      }
    });
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    Context known = w3c.extract(context, carrier, getter);
    Context both = others.extract(known, carrier, new Rest<>(getter, taken));
    Span caller = Span.fromContext(known);
    return caller.getSpanContext().isValid() ? both.with(caller) : both;
  }

  /** The headers that are not taken. */
  private record Rest<C>(TextMapGetter<C> all, Set<String> taken) implements TextMapGetter<C> {
    @Override
    public Iterable<String> keys(C carrier) {
      return all.keys(carrier);
    }

    @Override
    public @Nullable String get(@Nullable C carrier, String key) {
      return taken.contains(key) ? null : all.get(carrier, key);
    }

    @Override
    public Iterator<String> getAll(@Nullable C carrier, String key) {
      return taken.contains(key) ? Collections.emptyIterator() : all.getAll(carrier, key);
    }
  }
}
