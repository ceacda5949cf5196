package dev.nines.request;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a caller whose word is not taken. */
enum NoHeaders implements TextMapGetter<Object> {
  GETTER;

  @Override
  public Iterable<String> keys(Object carrier) {
    return List.of();
  }

  @Override
  public @Nullable String get(@Nullable Object carrier, String key) {
    return null;
  }
}
