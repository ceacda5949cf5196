package dev.nines.benchmarks.envelope;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.nines.benchmarks.Encoding;
import dev.nines.logging.JsonEncoder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.loggingevent.ArgumentsJsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.CompositeJsonEncoder;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import net.logstash.logback.encoder.LogstashEncoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The request line as JSON, encoded by the thread that serves and then thrown away. */
final class Lines implements AutoCloseable {

  private final @Nullable Encoding encoding;
  private final @Nullable Logger logger;

  private Lines(@Nullable Encoding encoding) {
    this.encoding = encoding;
    this.logger = encoding == null ? null : encoding.logger("access");
  }

  static Lines none() {
    return new Lines(null);
  }

  private static Lines by(CompositeJsonEncoder<ILoggingEvent> encoder) {
    return new Lines(Encoding.by(encoder));
  }

  /** Ours, redaction included, in an appender like that of the others. What a thread behind it would take over, it does itself. */
  static Lines nines() {
    return by(new JsonEncoder());
  }

  /** The encoder that everybody takes, with all its defaults. */
  static Lines logstash() {
    return by(new LogstashEncoder());
  }

  /** The cheapest of that library: eight providers. */
  static Lines composite() {
    LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
    add(encoder, new LoggingEventFormattedTimestampJsonProvider());
    add(encoder, new LogLevelJsonProvider());
    add(encoder, new MessageJsonProvider());
    add(encoder, new LoggerNameJsonProvider());
    add(encoder, new LoggingEventThreadNameJsonProvider());
    add(encoder, new KeyValuePairsJsonProvider());
    add(encoder, new ArgumentsJsonProvider());
    add(encoder, new StackTraceJsonProvider());
    return by(encoder);
  }

  private static void add(
      LoggingEventCompositeJsonEncoder encoder, JsonProvider<ILoggingEvent> provider) {
    encoder.getProviders().addProvider(provider);
  }

  /** Writes the line with the ids of {@code span}. */
  void write(Span span, int status, long nanos) {
    if (logger != null) {
      SpanContext ids = span.getSpanContext();
      logger
          .atInfo()
          .addKeyValue("trace_id", ids.getTraceId())
          .addKeyValue("span_id", ids.getSpanId())
          .addKeyValue("event_type", "http_request")
          .addKeyValue("method", "GET")
          .addKeyValue("route", Envelope.ROUTE)
          .addKeyValue("status", status)
          .addKeyValue("outcome", "success")
          .addKeyValue("duration_ms", nanos / 1e6)
          .log(Envelope.SPAN);
    }
  }

  /** Writes the line with what the MDC holds: Micrometer Tracing puts the ids there. */
  void writeWithMdc(int status, long nanos) {
    if (logger != null) {
      if (MDC.get("traceId") == null) {
        throw new IllegalStateException("MDC: no traceId (expected: the current one)");
      }
      logger
          .atInfo()
          .addKeyValue("event_type", "http_request")
          .addKeyValue("method", "GET")
          .addKeyValue("route", Envelope.ROUTE)
          .addKeyValue("status", status)
          .addKeyValue("outcome", "success")
          .addKeyValue("duration_ms", nanos / 1e6)
          .log(Envelope.SPAN);
    }
  }

  @Override
  public void close() {
    if (encoding != null) {
      encoding.close();
    }
  }
}
