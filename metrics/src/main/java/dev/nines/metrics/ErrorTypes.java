package dev.nines.metrics;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code error_type} seen so far. Exceptions of generated classes would make series without end, so what
 * comes after the first {@value #MOST} is {@code _OTHER}. Thread-safe; allocates nothing for a value it knows.
 */
final class ErrorTypes {

  /** The value of what succeeded; Prometheus takes an empty label for an absent one. */
  static final String NONE = "";

  /** The value of OpenTelemetry for what has no place. */
  static final String OTHER = "_OTHER";

  /** Far more than a service throws by design, far fewer than hurt. */
  static final int MOST = 50;

  private final ConcurrentHashMap<String, String> known = new ConcurrentHashMap<>();

  String bounded(@Nullable String type) {
    if (type == null) {
      return NONE;
    }
    String found = known.get(type);
    return found != null ? found : add(type);
  }

  private synchronized String add(String type) {
    if (known.size() >= MOST) {
      return known.getOrDefault(type, OTHER);
    }
    String before = known.putIfAbsent(type, type);
    return before != null ? before : type;
  }
}
