package dev.nines.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import dev.nines.telemetry.ServiceIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private volatile ServiceIdentity service = NOBODY;
  private volatile int stormLimit = LogSettings.STORM_LIMIT;
  private volatile Redaction redaction = new Redaction(Set.of());
  private volatile Layout layout = Layout.NINES;
  private @Nullable LogSettings settings;
  private @Nullable Takeover takeover;
  private @Nullable Resets resets;

  private LogbackSetup() {}

  /** Returns the set-up of that context. */
  static LogbackSetup of(Context context) {
    synchronized (context.getConfigurationLock()) {
      LogbackSetup setup = (LogbackSetup) context.getObject(KEY);
      if (setup == null) {
        setup = new LogbackSetup();
        setup.keepIn(context);
      }
      return setup;
    }
  }

  /** Lets the context find this, also after a reset, which forgets everything. */
  void keepIn(Context context) {
    context.putObject(KEY, this);
  }

  /** Returns who speaks in a line that belongs to no request: the first service. */
  ServiceIdentity service() {
    return service;
  }

  Redaction redaction() {
    return redaction;
  }

  /** Returns how lines are laid out where nobody said otherwise. */
  Layout layout() {
    return layout;
  }

  /** Returns how many lines a second may say the same at WARN and above; 0 for any number. */
  int stormLimit() {
    return stormLimit;
  }

  /** Tells of an appender that has started. */
  void opened(Delivery delivery) {
    deliveries.add(delivery);
  }

  void closed(Delivery delivery) {
    deliveries.remove(delivery);
  }

  /** Waits until what was logged is written, as long as that gets on. */
  void flush() {
    deliveries.forEach(Delivery::flush);
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
    layout = wanted.layout();
    redaction = new Redaction(wanted.redacting(), wanted.personal());
    stormLimit = wanted.stormLimit();
    takeover = new Takeover(logback.getLogger(Logger.ROOT_LOGGER_NAME), wanted);
    resets = resets == null ? Resets.listen(logback, this) : resets;
    return takeover.replaced();
  }

  /** Does it again, for Logback was reset or configured anew meanwhile. */
  synchronized void takeOverAgain() {
    if (takeover != null && settings != null) {
      takeover = takeover.again(settings);
    }
  }

  /** Lets a service go, once; what it has logged is written before. */
  void leave(ServiceIdentity member) {
    flush();
    remove(member);
  }

  private synchronized void remove(ServiceIdentity member) {
    members.removeIf(known -> known == member);
    if (!members.isEmpty()) {
      service = members.get(0);
    } else if (takeover != null && takeover.hasPredecessor()) {
      takeover.undo();
      takeover = null;
      if (resets != null) {
        resets.forget();
        resets = null;
      }
    }
  }
}
