package dev.nines.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.IOException;
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
 * <p>{@code <layout>ecs</layout>} within the encoder lays its lines out by Elastic Common Schema, {@code ecs-dotted} with
 * dots in names instead of objects. Without it, the layout is that of {@link JsonLogging}.
 *
 * <p>Thread-safe once started. Never throws: an event that cannot be written becomes a line that says so.
 */
public final class JsonEncoder extends LoggingEventCompositeJsonEncoder {

  private final LineProvider lines = new LineProvider();

  /** Creates an encoder; it needs its context, and to be started. */
  public JsonEncoder() {
    getProviders().addProvider(lines);
    setLineSeparator("\n");
    addDecorator((TokenStreamFactoryBuilderDecorator<JsonFactory, JsonFactoryBuilder>)
        factory -> factory.characterEscapes(new Escapes()));
  }

  /**
   * Lays lines out so, whatever {@link JsonLogging} says: {@code nines}, {@code ecs} or {@code ecs-dotted}. What is none of
   * these is told through Logback's status, and changes nothing.
   */
  public void setLayout(String name) {
    try {
      lines.layout(Layout.named(name));
    } catch (IllegalArgumentException e) {
      addError(e.getMessage());
    }
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    try {
      return super.encode(event);
    } catch (RuntimeException e) {
      return lastResort(event, e);
    }
  }

  /** Writes the line of {@code event} into {@code batch}, where it is not ended yet. */
  void encode(ILoggingEvent event, Batch batch) {
    try {
      super.encode(event, batch);
    } catch (IOException | RuntimeException e) {
      batch.abandon();
      batch.write(lastResort(event, e));
    }
  }

  /** Returns a line of what hardly fails: the message, without fields. */
  private byte[] lastResort(ILoggingEvent event, Exception failure) {
    addError("An event of logger " + event.getLoggerName() + " could not be encoded", failure);
    String line = "{"
        + name(StandardField.TIMESTAMP)
        + quoted(event.getInstant().toString(), StandardField.TIMESTAMP.mostBytes())
        + ','
        + name(StandardField.LEVEL)
        + quoted(event.getLevel().toString(), StandardField.LEVEL.mostBytes())
        + ','
        + name(StandardField.MESSAGE)
        + quoted(Values.string(event.getFormattedMessage()), StandardField.MESSAGE.mostBytes())
        + ','
        + name(StandardField.LOGGER)
        + quoted(String.valueOf(event.getLoggerName()), StandardField.LOGGER.mostBytes())
        + ','
        + name(StandardField.ENCODING_ERROR)
        + quoted(failure.getClass().getName(), StandardField.ENCODING_ERROR.mostBytes())
        + "}\n";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a name without objects around it, which ECS allows too. */
  private String name(StandardField field) {
    Layout flat = lines.layout() == Layout.NINES ? Layout.NINES : Layout.ECS_DOTTED;
    return '"' + field.key().name(flat).getValue() + "\":";
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
