package dev.nines.http;

import com.sun.net.httpserver.Headers;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads trace headers of the JDK's server. */
enum HeaderGetter implements TextMapGetter<Headers> {
  INSTANCE;

  @Override
  public Iterable<String> keys(Headers carrier) {
    return carrier.keySet();
  }

  @Override
  public @Nullable String get(@Nullable Headers carrier, String key) {
    List<String> lines = carrier == null ? null : carrier.get(key);
    return lines == null ? null : TraceHeaders.combine(key, lines);
  }

  @Override
  public Iterator<String> getAll(@Nullable Headers carrier, String key) {
    List<String> lines = carrier == null ? null : carrier.get(key);
    return lines == null ? Collections.emptyIterator() : lines.iterator();
  }
}
