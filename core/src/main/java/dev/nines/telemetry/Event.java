package dev.nines.telemetry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operator wants to know of: a change of state, a refusal, a recovery.
 *
 * @param type stable name in snake case, such as {@code breaker_opened}; the log line's {@code event_type}
 * @param level how much it matters
 * @param message one sentence for people, without secrets
 * @param fields the same for machines; names in snake case
 * @param cause what was thrown, for its stack trace; null where nothing was
 */
public record Event(
    String type,
    System.Logger.Level level,
    String message,
    Map<String, Object> fields,
    @Nullable Throwable cause) {

  public Event {
    fields = Map.copyOf(fields);
  }

  /** Makes an event without a cause. */
  public Event(String type, System.Logger.Level level, String message, Map<String, Object> fields) {
    this(type, level, message, fields, null);
  }
}
