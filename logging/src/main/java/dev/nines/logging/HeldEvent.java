package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/**
 * An event as it was when it was logged, with the context that was current. The arrays and lists of arguments and pairs are
 * copied, for they may be the caller's own; the message is put together only when the writer asks. An object of its own for
 * each: a ring of such objects that are used again was slower, for its memory is in no cache when its turn comes.
 */
final class HeldEvent implements ILoggingEvent, Held {

  private static final StackTraceElement[] NO_CALLER = {};

  private final ILoggingEvent event;
  private final Context context;
  private final Object @Nullable [] arguments;
  private final KeyValuePair @Nullable [] pairs;
  private final boolean formatted;
  private final int weight;

  /**
   * Holds an event whose pairs can't change.
   *
   * @param formatted whether its message is put together already, since its arguments may change
   */
  HeldEvent(ILoggingEvent event, Context context, boolean formatted, int weight) {
    this.event = event;
    this.context = context;
    this.weight = weight;
    Object[] given = event.getArgumentArray();
    this.formatted = formatted || given == null;
    this.arguments = given == null ? null : given.clone();
    this.pairs = copy(event.getKeyValuePairs());
  }

  /** Copies one by one, which is faster than by reflection for so few. */
  private static KeyValuePair @Nullable [] copy(@Nullable List<KeyValuePair> pairs) {
    if (pairs == null) {
      return null;
    }
    KeyValuePair[] copy = new KeyValuePair[pairs.size()];
    for (int at = 0; at < copy.length; at++) {
      copy[at] = pairs.get(at);
    }
    return copy;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public boolean isUrgent() {
    return LogWriter.isUrgent(event);
  }

  /** Returns the context that was current when it was logged. */
  Context context() {
    return context;
  }

  @Override
  public String getFormattedMessage() {
    return formatted
        ? event.getFormattedMessage()
        : MessageFormatter.arrayFormat(event.getMessage(), arguments).getMessage();
  }

  @Override
  public Object @Nullable [] getArgumentArray() {
    return arguments;
  }

  @Override
  public @Nullable List<KeyValuePair> getKeyValuePairs() {
    return pairs == null ? null : Arrays.asList(pairs);
  }

  @Override
  public String getThreadName() {
    return event.getThreadName();
  }

  @Override
  public Level getLevel() {
    return event.getLevel();
  }

  @Override
  public String getMessage() {
    return event.getMessage();
  }

  @Override
  public String getLoggerName() {
    return event.getLoggerName();
  }

  @Override
  public LoggerContextVO getLoggerContextVO() {
    return event.getLoggerContextVO();
  }

  @Override
  public @Nullable IThrowableProxy getThrowableProxy() {
    return event.getThrowableProxy();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return hasCallerData() ? event.getCallerData() : NO_CALLER;
  }

  @Override
  public boolean hasCallerData() {
    return event.hasCallerData();
  }

  @Override
  public @Nullable List<Marker> getMarkerList() {
    return event.getMarkerList();
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    return event.getMDCPropertyMap();
  }

  @Override
  @Deprecated
  public Map<String, String> getMdc() {
    return event.getMDCPropertyMap();
  }

  @Override
  public long getTimeStamp() {
    return event.getTimeStamp();
  }

  @Override
  public int getNanoseconds() {
    return event.getNanoseconds();
  }

  @Override
  public Instant getInstant() {
    return event.getInstant();
  }

  @Override
  public long getSequenceNumber() {
    return event.getSequenceNumber();
  }

  @Override
  public void prepareForDeferredProcessing() {
    event.prepareForDeferredProcessing();
  }
}
