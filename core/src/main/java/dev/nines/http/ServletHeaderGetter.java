package dev.nines.http;

import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Reads trace headers of a servlet request. */
enum ServletHeaderGetter implements TextMapGetter<HttpServletRequest> {
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
}
