package dev.nines.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What several lines of one trace header mean; for adapters, whose getters must say the same.
 *
 * @see <a href="https://www.w3.org/TR/trace-context-2/">W3C Trace Context, level 2</a>
 */
public final class TraceHeaders {

  private TraceHeaders() {}

  /** Returns one value: a repeated {@code traceparent} is none at all, lists are joined, else the first counts. */
  public static @Nullable String combine(String key, List<String> lines) {
    if (lines.size() < 2) {
      return lines.isEmpty() ? null : lines.get(0);
    }
    return switch (key) {
      case "traceparent" -> null;
      case "tracestate", "baggage" -> String.join(",", lines);
      default -> lines.get(0);
    };
  }
}
