package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.FeatureContext.Stage;
import dev.nines.lifecycle.CloseStage;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up to write each event as one JSON line, writes one line for each request, and renders core's events.
 *
 * <p>Our appender takes the place of the root logger's console appenders; others, such as those to files, stay. If the
 * user's own {@code logback.xml} includes {@code dev/nines/logging/nines.xml} or uses {@link JsonEncoder}, its appenders
 * stay as they are. What was replaced is told by an event {@code logging_replaced}, and put back when the last service has
 * closed; Logback's own default, text at level DEBUG, isn't.
 *
 * <p>The root logger's level is the one given here, else {@code LOG_LEVEL}, else what the user's configuration says, else
 * INFO. Logback is one for the whole process: a second service with the same settings shares it, with others it fails.
 *
 * <p>Immutable and thread-safe; each {@code with}-like method returns a new one.
 */
public final class JsonLogging implements Feature {

  private static final String LEVEL_VARIABLE = "LOG_LEVEL";
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private final @Nullable OutputStream out;
  private final @Nullable Level level;
  private final Set<String> redacting;
  private final Set<PersonalData> personal;
  private final boolean accessLog;

  /** Creates what {@link #toStdout()} returns; for {@link java.util.ServiceLoader}. */
  public JsonLogging() {
    this(null, null, Set.of(), Set.of(), true);
  }

  private JsonLogging(
      @Nullable OutputStream out,
      @Nullable Level level,
      Set<String> redacting,
      Set<PersonalData> personal,
      boolean accessLog) {
    this.out = out;
    this.level = level;
    this.redacting = redacting;
    this.personal = personal;
    this.accessLog = accessLog;
  }

  /** Returns the feature with its defaults: lines go to standard output. */
  public static JsonLogging toStdout() {
    return new JsonLogging();
  }

  /** Returns the feature with lines going to {@code out}, which is flushed after each line and never closed. */
  public static JsonLogging to(OutputStream out) {
    return new JsonLogging(out, null, Set.of(), Set.of(), true);
  }

  /** Sets the root logger's level, whatever {@code LOG_LEVEL} says. */
  public JsonLogging level(org.slf4j.event.Level root) {
    return new JsonLogging(out, Level.toLevel(root.name()), redacting, personal, accessLog);
  }

  /**
   * Redacts the values of fields with these names, and with names that end in one of them, beside those that are known to be
   * secret; case, dashes, underscores, dots and spaces don't count.
   *
   * @throws IllegalArgumentException if a name has neither letter nor digit
   */
  public JsonLogging redacting(String... names) {
    Set<String> all = new TreeSet<>(redacting);
    for (String name : names) {
      all.add(SecretNames.normalized(name));
    }
    return new JsonLogging(out, level, all, personal, accessLog);
  }

  /** Redacts e-mail addresses too, wherever they stand; off by default, for many services need them to find a case. */
  public JsonLogging redactingEmails() {
    return with(PersonalData.EMAIL);
  }

  /** Redacts account numbers (IBAN) whose check digits are right, wherever they stand; off by default. */
  public JsonLogging redactingIbans() {
    return with(PersonalData.IBAN);
  }

  private JsonLogging with(PersonalData more) {
    Set<PersonalData> all = new TreeSet<>(personal);
    all.add(more);
    return new JsonLogging(out, level, redacting, all, accessLog);
  }

  /** Sets whether each request gets its line; on by default. */
  public JsonLogging accessLog(boolean on) {
    return new JsonLogging(out, level, redacting, personal, on);
  }

  @Override
  public String name() {
    return "logging";
  }

  @Override
  public void install(FeatureContext context) {
    LoggerContext logback = logback(LoggerFactory.getILoggerFactory());
    LogbackSetup setup = LogbackSetup.of(logback);
    ServiceIdentity service = context.identity();
    List<String> replaced = setup.join(
        logback, service, new LogSettings(level(context.environment()), redacting, personal, out));
    context.onClose(CloseStage.TELEMETRY, name(), () -> setup.leave(service));
    context.instruments().publish(Metrics.TELEMETRY_DROPPED, setup::droppedLines, "logs");

    Logger events = logback.getLogger(EventLog.LOGGER);
    context.events().render(new EventLog(events, service));
    if (accessLog) {
      context.onRequest(Stage.LOGGING, new AccessLog(logback.getLogger(AccessLog.LOGGER)));
    }
    if (!replaced.isEmpty()) {
      context.events().publish(replaced(replaced));
    }
  }

  private static Event replaced(List<String> appenders) {
    return new Event(
        "logging_replaced",
        System.Logger.Level.INFO,
        "JSON lines take the place of the configured console appenders; include"
            + " dev/nines/logging/nines.xml in logback.xml to keep that configuration",
        Map.of("appenders", appenders));
  }

  private static LoggerContext logback(ILoggerFactory provider) {
    if (provider instanceof LoggerContext logback) {
      return logback;
    }
    throw new IllegalStateException("SLF4J's provider: " + provider.getClass().getName()
        + " (expected: Logback; remove other providers such as slf4j-simple from the classpath)");
  }

  private @Nullable Level level(Map<String, String> environment) {
    String named = environment.getOrDefault(LEVEL_VARIABLE, "").strip();
    if (level != null || named.isEmpty()) {
      return level;
    }
    if (!LEVELS.contains(named.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          LEVEL_VARIABLE + ": " + named + " (expected: one of " + String.join(", ", LEVELS) + ")");
    }
    return Level.toLevel(named);
  }
}
