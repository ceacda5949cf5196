package dev.nines.messaging;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message's headers as OpenTelemetry's propagators see them. */
record HeaderAccess<M>(MessageHeaders<M> headers) implements TextMapGetter<M>, TextMapSetter<M> {

  /** Returns no names: propagators that look for some by their beginning find none in messages. */
  @Override
  public Iterable<String> keys(M carrier) {
    return List.of();
  }

  @Override
  public @Nullable String get(@Nullable M carrier, String key) {
    Iterator<String> values = getAll(carrier, key);
    return values.hasNext() ? values.next() : null;
  }

  @Override
  public Iterator<String> getAll(@Nullable M carrier, String key) {
    if (carrier == null) {
      return Collections.emptyIterator();
    }
    try {
      return headers.values(carrier, key).iterator();
    } catch (Exception e) {
      throw new IllegalStateException("the header " + key + " cannot be read", e);
    }
  }

  @Override
  public void set(@Nullable M carrier, String key, String value) {
    if (carrier == null) {
      return;
    }
    try {
      headers.set(carrier, key, value);
    } catch (Exception e) {
      throw new IllegalStateException("the header " + key + " cannot be written", e);
    }
  }
}
