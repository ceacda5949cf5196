package dev.nines.logging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs what happened as an event: a type that stays the same, and fields, instead of a sentence to be parsed.
 *
 * <pre>{@code
 * Events.log("user_login", "user_id", 42, "method", "passkey");
 * Events.log(Level.WARN, "payment_refused", "order", order.id(), exception);
 * }</pre>
 *
 * <p>The lines go through SLF4J's logger {@code events}, so they can be given a level of their own. Never throws: a name
 * without a value is given the value {@code [no value]}. Thread-safe.
 */
public final class Events {

  static final String LOGGER = "events";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private Events() {}

  /** Logs an event at level INFO; see {@link #log(Level, String, Object...)}. */
  public static void log(String type, Object... namesAndValues) {
    log(Level.INFO, type, namesAndValues);
  }

  /**
   * Logs an event.
   *
   * @param level how much it matters
   * @param type stable name in snake case; the line's {@code event_type} and its message
   * @param namesAndValues names and values of the fields in turn; an exception may stand at the end
   */
  public static void log(Level level, String type, Object... namesAndValues) {
    if (!LOG.isEnabledForLevel(level)) {
      return;
    }
    CallerEvent event = new CallerEvent(type, namesAndValues);
    LoggingEventBuilder line = LOG.atLevel(level).addKeyValue(LineFields.KEY, event);
    Throwable thrown = event.thrown();
    if (thrown != null) {
      line = line.setCause(thrown);
    }
    line.log(type);
  }
}
