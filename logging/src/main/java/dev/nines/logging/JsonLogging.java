package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.FeatureContext.Stage;
import dev.nines.lifecycle.CloseStage;
import dev.nines.logging.RequestLog.Part;
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
 * INFO. While the service runs, the authorized change levels for a while at {@code /loggers} of the admin server:
 * {@code POST /loggers?logger=com.acme&level=debug&for=10m}; it returns by itself. Logback is one for the whole process: a
 * second service with the same settings shares it, with others it fails.
 *
 * <p>Immutable and thread-safe; each {@code with}-like method returns a new one.
 */
public final class JsonLogging implements Feature {

  private static final String LEVEL_VARIABLE = "LOG_LEVEL";
  static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private final LogSettings settings;
  private final RequestLog requests;

  /** Creates what {@link #toStdout()} returns; for {@link java.util.ServiceLoader}. */
  public JsonLogging() {
    this(LogSettings.defaults(null), RequestLog.standard());
  }

  private JsonLogging(LogSettings settings, RequestLog requests) {
    this.settings = settings;
    this.requests = requests;
  }

  /** Returns the feature with its defaults: lines go to standard output. */
  public static JsonLogging toStdout() {
    return new JsonLogging();
  }

  /**
   * Returns the feature with lines going to {@code out}, many at once, by one thread; it is flushed each time and never
   * closed.
   */
  public static JsonLogging to(OutputStream out) {
    return new JsonLogging(LogSettings.defaults(out), RequestLog.standard());
  }

  /** Sets the root logger's level, whatever {@code LOG_LEVEL} says. */
  public JsonLogging level(org.slf4j.event.Level root) {
    return with(settings.level(Level.toLevel(root.name())));
  }

  /**
   * Redacts the values of fields with these names, and with names that end in one of them, beside those that are known to be
   * secret; case, dashes, underscores, dots and spaces don't count.
   *
   * @throws IllegalArgumentException if a name has neither letter nor digit
   */
  public JsonLogging redacting(String... names) {
    Set<String> normalized = new TreeSet<>();
    for (String name : names) {
      normalized.add(SecretNames.normalized(name));
    }
    return with(settings.redacting(normalized));
  }

  /** Names fields as Elastic Common Schema does, in objects: {@link Layout#ECS}. */
  public JsonLogging ecs() {
    return layout(Layout.ECS);
  }

  /** Lays lines out so; {@link Layout#NINES} by default. An encoder that says so itself keeps its own. */
  public JsonLogging layout(Layout lines) {
    return with(settings.layout(lines));
  }

  /** Redacts e-mail addresses too, wherever they stand; off by default, for many services need them to find a case. */
  public JsonLogging redactingEmails() {
    return with(settings.redacting(PersonalData.EMAIL));
  }

  /** Redacts account numbers (IBAN) whose check digits are right, wherever they stand; off by default. */
  public JsonLogging redactingIbans() {
    return with(settings.redacting(PersonalData.IBAN));
  }

  /**
   * Lets each call that logs return only when its line is out: for programs that log little and may be killed at any moment.
   * Off by default: lines then wait a few milliseconds in a bounded buffer, as {@link JsonAppender} describes. Where a
   * {@code logback.xml} includes {@code nines.xml}, its appender has {@code <synchronous>} for it.
   */
  public JsonLogging synchronous() {
    return with(settings.synchronous(true));
  }

  /**
   * Sets how many lines a second may say the same at WARN and above, that is, have the same logger, message template and
   * class of exception; 100 by default, the number of zap's production settings. Ten times as many may come at once. What is
   * suppressed is counted in {@code nines_telemetry_dropped_total{signal="logs"}} and told once a second, in an event
   * {@code log_storm} of the same logger and level. Requests' own lines are not limited.
   *
   * @param perSecond 1 to 1,000,000; 0 for any number
   */
  public JsonLogging stormLimit(int perSecond) {
    return with(settings.stormLimit(perSecond));
  }

  /**
   * Leaves every appender as Logback's configuration has it: requests' lines and core's events go there in its own form, such
   * as text on a developer's console. Level, level changes and debug lines work as ever.
   */
  public JsonLogging asConfigured() {
    return with(settings.takingOver(false));
  }

  /** Logs that of requests; {@link RequestLog#standard()} by default. */
  public JsonLogging requests(RequestLog lines) {
    return new JsonLogging(settings, lines);
  }

  private JsonLogging with(LogSettings changed) {
    return new JsonLogging(changed, requests);
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
    List<String> replaced =
        setup.join(logback, service, settings.level(level(context.environment())));
    context.onClose(CloseStage.TELEMETRY, name(), () -> setup.leave(service));
    Levels levels = new Levels(logback, context.time(), context.events());
    context.endpoint(new LevelsEndpoint(levels));
    context.onClose(CloseStage.TELEMETRY, "log levels", levels);
    context.instruments().publish(Metrics.TELEMETRY_DROPPED, setup::droppedLines, "logs");

    Logger events = logback.getLogger(EventLog.LOGGER);
    context.events().render(new EventLog(events, service));
    logRequests(context, logback);
    if (!replaced.isEmpty()) {
      context.events().publish(replaced(replaced));
    }
  }

  private void logRequests(FeatureContext context, LoggerContext logback) {
    DebugLines debug = null;
    if (requests.has(Part.DEBUG)) {
      debug = new DebugLines(logback, context.identity(), requests.debugLoggers(), context.time());
      debug.start();
      context.onClose(CloseStage.TELEMETRY, "debug lines", debug::stop);
      context.instruments().publish(Metrics.TELEMETRY_DROPPED, debug::droppedLines, "debug_lines");
    }
    Logger log = logback.getLogger(AccessLog.LOGGER);
    context.onRequest(Stage.LOGGING, new AccessLog(log, requests, debug));
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
    if (settings.level() != null || named.isEmpty()) {
      return settings.level();
    }
    if (!LEVELS.contains(named.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          LEVEL_VARIABLE + ": " + named + " (expected: one of " + String.join(", ", LEVELS) + ")");
    }
    return Level.toLevel(named);
  }
}
