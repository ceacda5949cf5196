package dev.nines.spring;

import dev.nines.http.TraceHeaders;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Reads headers of Spring's own type. */
enum ReactiveHeaders implements TextMapGetter<HttpHeaders> {
  INSTANCE;

  @Override
  public Iterable<String> keys(HttpHeaders carrier) {
    return carrier.toSingleValueMap().keySet();
  }

  @Override
  public @Nullable String get(@Nullable HttpHeaders carrier, String key) {
    List<String> lines = carrier == null ? null : carrier.get(key);
    return lines == null ? null : TraceHeaders.combine(key, lines);
  }

  @Override
  public Iterator<String> getAll(@Nullable HttpHeaders carrier, String key) {
    List<String> lines = carrier == null ? null : carrier.get(key);
    return lines == null ? Collections.emptyIterator() : lines.iterator();
  }
}
