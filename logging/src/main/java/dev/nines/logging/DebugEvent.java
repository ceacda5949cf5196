package dev.nines.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.opentelemetry.context.Context;
import java.io.Writer;
import java.util.Map;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event that is kept for later: it says what was true when it was logged, for who logs may change his objects again.
 * Carries the trace and the request that were current. Immutable but for what {@link LoggingEvent} computes late.
 */
final class DebugEvent extends LoggingEvent {

  /** About what a small object takes in memory. */
  static final int OBJECT_BYTES = 48;

  private static final int EVENT_BYTES = 256;
  private static final int FRAME_BYTES = 96;
  private static final int MOST_CAUSES = 16;
  private static final int MOST_MESSAGE = StandardField.MESSAGE.mostBytes() + Line.LOOK_AHEAD;

  private final Logger logger;
  private final int bytes;

  private DebugEvent(Logger logger, LoggingEvent now, int fieldBytes) {
    this.logger = logger;
    String message = begin(String.valueOf(now.getFormattedMessage()));
    setLoggerName(now.getLoggerName());
    setLoggerContextRemoteView(logger.getLoggerContext().getLoggerContextRemoteView());
    setLevel(now.getLevel());
    setInstant(now.getInstant());
    setThreadName(now.getThreadName());
    setMessage(message);
    setMDCPropertyMap(now.getMDCPropertyMap());
    setThrowableProxy((ThrowableProxy) now.getThrowableProxy());
    this.bytes = EVENT_BYTES
        + fieldBytes
        + bytesOf(message)
        + bytesOf(now.getMDCPropertyMap())
        + bytesOf(now.getThrowableProxy());
  }

  /** Takes down what is logged now, on the thread that logs. */
  static DebugEvent of(Logger logger, LoggingEvent now, JsonMapper mapper, Redaction redaction) {
    DebugFields fields = new DebugFields(mapper, redaction);
    LineFields ours = LineProvider.find(LineFields.class, now.getKeyValuePairs());
    LineFields heldOurs = ours == null ? null : ours.fixed(fields);
    collect(now, fields, mapper, redaction);
    DebugEvent held = new DebugEvent(logger, now, fields.bytes());
    held.addKeyValuePair(new KeyValuePair(Buffered.KEY, Buffered.MARK));
    held.addKeyValuePair(new KeyValuePair(CaptureContext.KEY, Context.current()));
    if (heldOurs != null) {
      held.addKeyValuePair(new KeyValuePair(LineFields.KEY, heldOurs));
    }
    fields.pairs().forEach(held::addKeyValuePair);
    return held;
  }

  private static void collect(
      LoggingEvent now, DebugFields fields, JsonMapper mapper, Redaction redaction) {
    if (now.getKeyValuePairs() == null && now.getMarkerList() == null && !hasStructure(now)) {
      return; // as most have none, no generator is made for them
    }
    try (JsonGenerator json = mapper.createGenerator(Writer.nullWriter())) {
      LineProvider.fields(new Line(json, fields, redaction), now);
    }
  }

  private static boolean hasStructure(LoggingEvent now) {
    Object[] arguments = now.getArgumentArray();
    if (arguments != null) {
      for (Object argument : arguments) {
        if (argument instanceof StructuredArgument) {
          return true;
        }
      }
    }
    return false;
  }

  /** Hands it to the appenders, whatever the level of its logger says. */
  void write() {
    logger.callAppenders(this);
  }

  /** Returns about how much memory it takes. */
  int bytes() {
    return bytes;
  }

  static int bytesOf(String text) {
    return OBJECT_BYTES + 2 * text.length();
  }

  private static int bytesOf(Map<String, String> entries) {
    int sum = 0;
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      sum += OBJECT_BYTES + entry.getKey().length() + 2 * lengthOf(entry.getValue());
    }
    return sum;
  }

  private static int bytesOf(@Nullable IThrowableProxy outermost) {
    int sum = 0;
    int causes = 0;
    for (IThrowableProxy thrown = outermost;
        thrown != null && causes < MOST_CAUSES;
        thrown = thrown.getCause(), causes++) {
      StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
      sum += EVENT_BYTES + 2 * lengthOf(thrown.getMessage());
      sum += frames == null ? 0 : frames.length * FRAME_BYTES;
    }
    return sum;
  }

  private static int lengthOf(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static String begin(String message) {
    return message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) : message;
  }
}
