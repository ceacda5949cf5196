package dev.nines.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.opentelemetry.context.Context;
import org.slf4j.event.KeyValuePair;

/**
 * A filter for an asynchronous appender of the user's own: remembers, on the thread that logs, which trace and which
 * service's request are current, so that the line says so when another thread writes it. Accepts every event.
 *
 * <pre>{@code
 * <appender name="ASYNC" class="ch.qos.logback.classic.AsyncAppender">
 *   <filter class="dev.nines.logging.CaptureContext"/>
 *   <appender-ref ref="FILE"/>
 * </appender>
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class CaptureContext extends Filter<ILoggingEvent> {

  static final String KEY = "context";

  public CaptureContext() {}

  @Override
  public FilterReply decide(ILoggingEvent event) {
    Context context = Context.current();
    if (context != Context.root() && event instanceof LoggingEvent open) {
      open.addKeyValuePair(new KeyValuePair(KEY, context));
    }
    return FilterReply.NEUTRAL;
  }
}
