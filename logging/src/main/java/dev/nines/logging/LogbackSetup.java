package dev.nines.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import dev.nines.telemetry.ServiceIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What Nines has set up in one Logback context, kept in that context: the services that log there, what their lines have in
 * common, and how it was before. The first service sets Logback up, others share it, the last one to leave takes it down.
 *
 * <p>Thread-safe.
 */
final class LogbackSetup {

  private static final String KEY = "dev.nines.logging";

  /** Who speaks before any service has started. */
  private static final ServiceIdentity NOBODY =
      new ServiceIdentity("unknown", "unknown", "unknown", "unknown");

  private final List<ServiceIdentity> members = new ArrayList<>();
  private final LongAdder dropped = new LongAdder();
  private volatile ServiceIdentity service = NOBODY;
  private volatile Redaction redaction = new Redaction(Set.of());
  private @Nullable LogSettings settings;
  private @Nullable Takeover takeover;

  private LogbackSetup() {}

  /** Returns the set-up of that context. */
  static LogbackSetup of(Context context) {
    synchronized (context.getConfigurationLock()) {
      LogbackSetup setup = (LogbackSetup) context.getObject(KEY);
      if (setup == null) {
        setup = new LogbackSetup();
        context.putObject(KEY, setup);
      }
      return setup;
    }
  }

  /** Returns who speaks in a line that belongs to no request: the first service. */
  ServiceIdentity service() {
    return service;
  }

  Redaction redaction() {
    return redaction;
  }

  void dropped() {
    dropped.increment();
  }

  /** Returns how many lines were lost. */
  long droppedLines() {
    return dropped.sum();
  }

  /**
   * Lets a service log here; the first one sets Logback up.
   *
   * @return the names of the user's appenders whose place was taken now
   * @throws IllegalStateException if services with other settings log here already
   */
  synchronized List<String> join(
      LoggerContext logback, ServiceIdentity member, LogSettings wanted) {
    if (!members.isEmpty() && !wanted.equals(settings)) {
      throw new IllegalStateException("JsonLogging of service " + member.service() + ": " + wanted
          + " (expected: " + settings + ", as service " + service.service()
          + " has set it up; Logback is one for the whole process)");
    }
    List<String> replaced = members.isEmpty() ? setUp(logback, member, wanted) : List.of();
    members.add(member);
    return replaced;
  }

  private List<String> setUp(LoggerContext logback, ServiceIdentity first, LogSettings wanted) {
    if (takeover != null) {
      takeover.undo();
    }
    settings = wanted;
    service = first;
    redaction = new Redaction(wanted.redacting(), wanted.personal());
    takeover = new Takeover(logback.getLogger(Logger.ROOT_LOGGER_NAME), wanted);
    return takeover.replaced();
  }

  /** Lets a service go; once. */
  synchronized void leave(ServiceIdentity member) {
    members.removeIf(known -> known == member);
    if (!members.isEmpty()) {
      service = members.get(0);
    } else if (takeover != null && takeover.hasPredecessor()) {
      takeover.undo();
      takeover = null;
    }
  }
}
