package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Limits how often the same is said at WARN and above: the same logger, message template and class of exception. The first
 * lines are always written, and what is suppressed is counted, to be told. Lines below WARN are not repetitions of one
 * trouble but records, and full buffers bound them; a request's line has its own sampling.
 *
 * <p>A table of fixed size: what finds no place in it is not limited. Thread-safe.
 */
final class Storms {

  private static final int PLACES = 1024;
  private static final int PROBES = 4;

  /** Longer messages are put together by their caller, each another. */
  private static final int MOST_TEMPLATE = 512;

  private static final int SPREAD = 0x9E3779B9;

  private final LogbackSetup setup;
  private final AtomicReferenceArray<@Nullable Storm> table = new AtomicReferenceArray<>(PLACES);
  private volatile boolean pending;

  Storms(LogbackSetup setup) {
    this.setup = setup;
  }

  /** Returns whether the event is to be written; counts it if not. */
  boolean admit(ILoggingEvent event) {
    if (event.getLevel().toInt() < Level.WARN_INT) {
      return true;
    }
    int rate = setup.stormLimit();
    String template = event.getMessage();
    if (rate == 0 || template == null || template.length() > MOST_TEMPLATE) {
      return true;
    }
    long second = event.getTimeStamp() / 1000;
    Storm storm = find(event, template, second, rate);
    if (storm == null || storm.admit(second, rate) || isRequest(event)) {
      return true;
    }
    storm.suppress(event.getTimeStamp());
    setup.dropped();
    pending = true;
    return false;
  }

  private static boolean isRequest(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs != null && !pairs.isEmpty() && pairs.get(0).value instanceof RequestEntry;
  }

  private @Nullable Storm find(ILoggingEvent event, String template, long second, int rate) {
    String logger = event.getLoggerName();
    IThrowableProxy proxy = event.getThrowableProxy();
    String thrown = proxy == null ? null : proxy.getClassName();
    int hash = (31 * template.hashCode() + logger.hashCode()) * SPREAD >>> 16;
    int free = -1;
    for (int probe = 0; probe < PROBES; probe++) {
      int place = hash + probe & PLACES - 1;
      Storm storm = table.get(place);
      if (storm != null && storm.is(logger, template, thrown)) {
        return storm;
      }
      if (free < 0 && (storm == null || storm.mayGo(second, rate))) {
        free = place;
      }
    }
    if (free < 0) {
      return null;
    }
    Storm fresh = new Storm(logger, template, thrown, event.getLevel().toInt(), second, rate);
    table.set(free, fresh);
    return fresh;
  }

  /** Returns whether something was suppressed that is not told yet. */
  boolean arePending() {
    return pending;
  }

  /** Hands out each storm that has something to tell. */
  void drainTo(Consumer<Storm> reporter) {
    pending = false;
    for (int place = 0; place < PLACES; place++) {
      Storm storm = table.get(place);
      if (storm != null && storm.hasSuppressed()) {
        reporter.accept(storm);
      }
    }
  }
}
