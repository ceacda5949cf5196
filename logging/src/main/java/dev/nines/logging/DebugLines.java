package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.nines.request.Exchange;
import dev.nines.request.RequestLocal;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.Allowance;
import dev.nines.time.TimeSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of one service's requests that their loggers' levels refuse, from DEBUG on: held back while the request runs, and
 * written if it broke what its route promises, oldest first. They have all that any line has, the time when they were logged
 * included, and {@code "buffered":true}.
 *
 * <p>Thread-safe.
 */
final class DebugLines {

  /** When everything fails at once, more lines a second explain no more; a bound of our own choice. */
  static final int MOST_LINES_PER_SECOND = 1000;

  private final LoggerContext logback;
  private final LogbackSetup setup;
  private final ServiceIdentity service;
  private final List<String> loggers;
  private final Allowance allowance;
  private final DebugFilter filter = new DebugFilter(this);
  private final RequestLocal<DebugRing> rings = new RequestLocal<>();
  private final AtomicLong bytesInAll = new AtomicLong();
  private final LongAdder dropped = new LongAdder();
  private final JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();

  /**
   * Makes one that holds nothing back until it is started.
   *
   * @param loggers names, or beginnings of names up to a dot; every logger if there are none
   */
  DebugLines(
      LoggerContext logback, ServiceIdentity service, List<String> loggers, TimeSource time) {
    this.logback = logback;
    this.setup = LogbackSetup.of(logback);
    this.service = service;
    this.loggers = loggers;
    this.allowance = new Allowance(MOST_LINES_PER_SECOND, time);
  }

  void start() {
    filter.setContext(logback);
    filter.start();
    logback.addTurboFilter(filter);
    logback.addListener(filter);
  }

  void stop() {
    logback.removeListener(filter);
    logback.getTurboFilterList().remove(filter);
    filter.stop();
  }

  /** Returns the request whose line that logger would hold back now; null if the line goes its usual way. */
  @Nullable
  Exchange holder(Logger logger, Level level) {
    if (level.toInt() < Level.DEBUG_INT || level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return null;
    }
    Exchange exchange = Exchange.current();
    boolean ours = exchange != null && exchange.service() == service && !exchange.hasEnded();
    return ours && holds(logger.getName()) ? exchange : null;
  }

  private boolean holds(String logger) {
    for (String begin : loggers) {
      if (logger.startsWith(begin)
          && (logger.length() == begin.length() || logger.charAt(begin.length()) == '.')) {
        return true;
      }
    }
    return loggers.isEmpty();
  }

  /** Holds a line back; never throws what a user's objects throw. */
  void hold(Exchange exchange, Logger logger, Supplier<LoggingEvent> event) {
    try {
      DebugEvent held = DebugEvent.of(logger, event.get(), mapper, setup.redaction());
      rings.getOrMake(exchange, () -> new DebugRing(bytesInAll)).add(held);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      dropped.increment();
    }
  }

  /**
   * Hears that a request has ended, and writes its lines if it broke its promise.
   *
   * @return how many lines of a broken one are missing
   */
  int ended(Exchange exchange, boolean broken) {
    DebugRing ring = rings.get(exchange);
    if (ring == null) {
      return 0;
    }
    List<DebugEvent> lines = ring.close();
    if (!broken) {
      return 0;
    }
    int written = allowance.take(lines.size());
    lines.subList(lines.size() - written, lines.size()).forEach(DebugEvent::write);
    int missing = ring.dropped() + lines.size() - written;
    dropped.add(missing);
    return missing;
  }

  /** Returns how many lines of broken requests are missing. */
  long droppedLines() {
    return dropped.sum();
  }

  /** Returns about how much memory is held now. */
  long bytes() {
    return bytesInAll.get();
  }
}
