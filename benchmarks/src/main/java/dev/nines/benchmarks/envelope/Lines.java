package dev.nines.benchmarks.envelope;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.OutputStream;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.loggingevent.ArgumentsJsonProvider;
import net.logstash.logback.composite.loggingevent.KeyValuePairsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import net.logstash.logback.encoder.LogstashEncoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The request line of the other stacks: JSON by logstash-logback-encoder, thrown away once it is encoded. */
final class Lines implements AutoCloseable {

  private final @Nullable LoggerContext context;
  private final @Nullable Logger logger;

  private Lines(@Nullable LoggerContext context, @Nullable Logger logger) {
    this.context = context;
    this.logger = logger;
  }

  static Lines none() {
    return new Lines(null, null);
  }

  /** The encoder that everybody takes, with all its defaults. */
  static Lines logstash() {
    return through(new LogstashEncoder());
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
    return through(encoder);
  }

  private static void add(
      LoggingEventCompositeJsonEncoder encoder, JsonProvider<ILoggingEvent> provider) {
    encoder.getProviders().addProvider(provider);
  }

  private static Lines through(Encoder<ILoggingEvent> encoder) {
    LoggerContext context = (LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory();
    context.reset();
    encoder.setContext(context);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> sink = new OutputStreamAppender<>();
    sink.setContext(context);
    sink.setEncoder(encoder);
    sink.setOutputStream(OutputStream.nullOutputStream());
    sink.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(sink);
    return new Lines(context, context.getLogger("access"));
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
    if (context != null) {
      context.stop();
    }
  }
}
