package dev.nines.http;

import com.sun.net.httpserver.Headers;
import dev.nines.trace.SingleHeaderGetter;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads trace headers of the JDK's server. */
enum HeaderGetter implements SingleHeaderGetter<Headers> {
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

  @Override
  public @Nullable String single(@Nullable Headers carrier, String name) {
    List<String> lines = carrier == null ? null : carrier.get(name);
    return lines == null || lines.size() != 1 ? null : lines.get(0);
  }
}
