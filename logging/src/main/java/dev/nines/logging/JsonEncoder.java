package dev.nines.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import net.logstash.logback.decorate.TokenStreamFactoryBuilderDecorator;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/**
 * Encodes each event as one JSON object on one line, with the fields that the package describes. For appenders of the user's
 * own in a {@code logback.xml}:
 *
 * <pre>{@code
 * <appender name="FILE" class="ch.qos.logback.core.FileAppender">
 *   <file>service.log</file>
 *   <encoder class="dev.nines.logging.JsonEncoder"/>
 * </appender>
 * }</pre>
 *
 * <p>Thread-safe once started. Never throws: an event that cannot be written becomes a line that says so.
 */
public final class JsonEncoder extends LoggingEventCompositeJsonEncoder {

  /** Creates an encoder; it needs its context, and to be started. */
  public JsonEncoder() {
    getProviders().addProvider(new LineProvider());
    setLineSeparator("\n");
    addDecorator((TokenStreamFactoryBuilderDecorator<JsonFactory, JsonFactoryBuilder>)
        factory -> factory.characterEscapes(new LineBreakEscapes()));
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    try {
      return super.encode(event);
    } catch (RuntimeException e) {
      addError("An event of logger " + event.getLoggerName() + " could not be encoded", e);
      return lastResort(event, e);
    }
  }

  /** Returns a line of what hardly fails: the message, without fields. */
  private byte[] lastResort(ILoggingEvent event, Throwable failure) {
    String line = "{\"timestamp\":\""
        + event.getInstant()
        + "\",\"level\":\""
        + event.getLevel()
        + "\",\"message\":"
        + quoted(Values.string(event.getFormattedMessage()), StandardField.MESSAGE.mostBytes())
        + ",\"logger\":"
        + quoted(String.valueOf(event.getLoggerName()), StandardField.LOGGER.mostBytes())
        + ",\"encoding_error\":\""
        + failure.getClass().getName()
        + "\"}\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private String quoted(String text, int mostBytes) {
    String begin = text.substring(0, Math.min(text.length(), mostBytes + Line.LOOK_AHEAD));
    Redaction redaction = LogbackSetup.of(getContext()).redaction();
    String redacted = redaction.text(begin, Math.min(mostBytes, begin.length()));
    String clean =
        Text.repaired(text.length() > mostBytes ? Text.cut(redacted, mostBytes) : redacted);
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(clean)) + '"';
  }
}
