package dev.nines.http;

import dev.nines.trace.SingleHeaderGetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Reads trace headers of a servlet request. */
enum ServletHeaderGetter implements SingleHeaderGetter<HttpServletRequest> {
  INSTANCE;

  @Override
  public Iterable<String> keys(HttpServletRequest carrier) {
    return Collections.list(carrier.getHeaderNames());
  }

  @Override
  public @Nullable String get(@Nullable HttpServletRequest carrier, String key) {
    Enumeration<String> lines = carrier == null ? null : carrier.getHeaders(key);
    return lines == null || !lines.hasMoreElements()
        ? null
        : TraceHeaders.combine(key, Collections.list(lines));
  }

  @Override
  public Iterator<String> getAll(@Nullable HttpServletRequest carrier, String key) {
    Enumeration<String> lines = carrier == null ? null : carrier.getHeaders(key);
    return lines == null ? Collections.emptyIterator() : lines.asIterator();
  }

  @Override
  public @Nullable String single(@Nullable HttpServletRequest carrier, String name) {
    Enumeration<String> lines = carrier == null ? null : carrier.getHeaders(name);
    String first = lines == null || !lines.hasMoreElements() ? null : lines.nextElement();
    return first == null || lines.hasMoreElements() ? null : first;
  }
}
