package dev.nines.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.nines.request.Exchange;
import dev.nines.telemetry.ServiceIdentity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.marker.LogstashMarker;
import net.logstash.logback.stacktrace.ShortenedThrowableConverter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;

/**
 * Writes everything that a line holds, in one pass: the standard fields, then the event's own, then those of MDC. The trace
 * is the one that is current on the thread that calls, or the one that {@link CaptureContext} has caught.
 *
 * <p>Thread-safe.
 */
final class LineProvider extends AbstractJsonProvider<ILoggingEvent> {

  /** Markers may refer to markers; deeper than this nobody nests them by intention. */
  private static final int MOST_MARKER_DEPTH = 8;

  /** Commons Logging marks each line that goes through it, which are all of Spring's: it tells of no event. */
  private static final String BRIDGE = "COMMONS-LOGGING";

  /** Frames of one exception that are shown; those it shares with its wrapper are only counted. */
  private static final int MOST_FRAMES = 64;

  private final Timestamps timestamps = new Timestamps();
  private final ShortenedThrowableConverter stackTraces = new ShortenedThrowableConverter();
  private @Nullable LogbackSetup setup;
  private volatile @Nullable Layout layout;

  LineProvider() {
    stackTraces.setRootCauseFirst(true);
    stackTraces.setMaxDepthPerThrowable(MOST_FRAMES);
    stackTraces.setLineSeparator("UNIX");
    stackTraces.setMaxLength(StandardField.STACK_TRACE.mostBytes() + Line.LOOK_AHEAD);
  }

  /** Sets the layout; without, it is that of {@link JsonLogging}. */
  void layout(Layout own) {
    layout = own;
  }

  Layout layout() {
    Layout own = layout;
    if (own == null && setup != null) {
      own = setup.layout();
    }
    return own == null
        ? Layout.NINES
        : own; // before the start there is only the line of last resort
  }

  @Override
  public void start() {
    setup = LogbackSetup.of(getContext());
    stackTraces.setContext(getContext());
    stackTraces.start();
    super.start();
  }

  @Override
  public void stop() {
    super.stop();
    stackTraces.stop();
  }

  @Override
  public void writeTo(JsonGenerator json, ILoggingEvent event) {
    try {
      write(json, event);
    } catch (StackOverflowError | LinkageError e) {
      // The encoder throws its generator away after an exception, yet not after an error.
      throw new IllegalStateException(e);
    }
  }

  private void write(JsonGenerator json, ILoggingEvent event) {
    LogbackSetup shared = Objects.requireNonNull(setup);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    LineFields ours = find(LineFields.class, pairs);
    Context caught = find(Context.class, pairs);
    Context context = caught != null ? caught : Context.current();
    Line line = new Line(json, layout(), shared.redaction());
    boolean ecs = line.layout() != Layout.NINES;

    line.timestamp(timestamps.format(event.getInstant()));
    line.plain(StandardField.LEVEL, event.getLevel().toString());
    if (ecs) {
      line.standard(StandardField.LOGGER, event.getLoggerName()); // beside its level, in one object
    }
    line.standard(StandardField.MESSAGE, String.valueOf(event.getFormattedMessage()));
    if (!ecs) {
      line.standard(StandardField.LOGGER, event.getLoggerName());
    }
    line.standard(StandardField.THREAD, event.getThreadName());
    ServiceIdentity speaker = speaker(shared, ours, context);
    identity(line, speaker);
    trace(line, context);
    ofRequest(line, context);
    error(line, event);
    if (ecs) {
      line.ecs(EcsField.ECS_VERSION, Layout.ECS_VERSION);
      line.ecs(EcsField.EVENT_DATASET, speaker.service());
    }
    if (ours != null) {
      line.standard(StandardField.EVENT_TYPE, ours.eventType());
      ours.writeTo(line);
    }
    if (find(Buffered.class, pairs) != null) {
      line.own(Buffered.KEY, true);
    }
    fields(line, event);
    mdc(line, event.getMDCPropertyMap());
    line.end();
  }

  /** Writes what the user gave to this one event. */
  static void fields(Line line, ILoggingEvent event) {
    pairs(line, event.getKeyValuePairs());
    arguments(line, event.getArgumentArray());
    markers(line, event.getMarkerList());
  }

  private static ServiceIdentity speaker(
      LogbackSetup setup, @Nullable LineFields ours, Context context) {
    ServiceIdentity speaker = ours == null ? null : ours.service();
    if (speaker != null) {
      return speaker;
    }
    Exchange exchange = Exchange.from(context);
    return exchange == null ? setup.service() : exchange.service();
  }

  private static void identity(Line line, ServiceIdentity speaker) {
    line.standard(StandardField.SERVICE, speaker.service());
    line.standard(StandardField.VERSION, speaker.version());
    line.standard(StandardField.ENVIRONMENT, speaker.environment());
    line.standard(StandardField.INSTANCE, speaker.instance());
  }

  private static void trace(Line line, Context context) {
    // By its class first: OpenTelemetry casts to an interface, for which JDK 17 searches the many
    // of a request.
    Span current = context instanceof Exchange served ? served.span() : Span.fromContext(context);
    SpanContext trace = current.getSpanContext();
    if (trace.isValid()) {
      String span =
          trace.getSpanId(); // first, for an unrecorded one draws both and then keeps both
      line.plain(StandardField.TRACE_ID, trace.getTraceId());
      line.plain(StandardField.SPAN_ID, span);
    }
  }

  private static void ofRequest(Line line, Context context) {
    Exchange exchange = Exchange.from(context);
    if (exchange != null) {
      present(line, OwnField.TENANT, exchange.tenant());
      present(line, OwnField.REQUEST_ID, exchange.requestId());
    }
  }

  private static void present(Line line, OwnField field, @Nullable String value) {
    if (value != null) {
      line.own(field, value);
    }
  }

  private void error(Line line, ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.standard(StandardField.ERROR_TYPE, thrown.getClassName());
      line.standard(StandardField.ERROR_MESSAGE, String.valueOf(thrown.getMessage()));
      line.standard(StandardField.STACK_TRACE, stackTraces.convert(event));
      line.plain(StandardField.STACK_HASH, StackHash.of(thrown));
    }
  }

  private static void pairs(Line line, @Nullable List<KeyValuePair> pairs) {
    if (pairs != null) {
      for (int at = 0; at < pairs.size(); at++) { // no iterator, as below
        KeyValuePair pair = pairs.get(at);
        if (!isOurs(pair.value)) {
          line.field(String.valueOf(pair.key), pair.value);
        }
      }
    }
  }

  private static boolean isOurs(@Nullable Object value) {
    return !Fixed.isPlain(value)
        && (value instanceof LineFields || value instanceof Context || value instanceof Buffered);
  }

  private static void arguments(Line line, Object @Nullable [] arguments) {
    if (arguments != null) {
      for (Object argument : arguments) {
        if (argument instanceof StructuredArgument structured) {
          line.fields(structured);
        }
      }
    }
  }

  private static void markers(Line line, @Nullable List<Marker> markers) {
    if (markers != null) {
      for (Marker marker : markers) {
        marker(line, marker, 0);
      }
    }
  }

  @SuppressWarnings(
      "deprecation") // SLF4J advises against markers of markers, yet has no other way to read them
  private static void marker(Line line, Marker marker, int depth) {
    if (marker instanceof LogstashMarker structured) {
      line.fields(structured);
    } else if (!marker.getName().equals(BRIDGE)) {
      line.field("marker", marker.getName());
    }
    if (depth < MOST_MARKER_DEPTH) {
      for (Iterator<Marker> more = marker.iterator(); more.hasNext(); ) {
        marker(line, more.next(), depth + 1);
      }
    }
  }

  private static void mdc(Line line, @Nullable Map<String, String> entries) {
    if (entries != null && !entries.isEmpty()) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        line.contextField(String.valueOf(entry.getKey()), entry.getValue());
      }
    }
  }

  static <T> @Nullable T find(Class<T> type, @Nullable List<KeyValuePair> pairs) {
    if (pairs != null) {
      for (int at = 0; at < pairs.size(); at++) { // no iterator, for each line comes here twice
        KeyValuePair pair = pairs.get(at);
        if (!Fixed.isPlain(pair.value) && type.isInstance(pair.value)) {
          return type.cast(pair.value);
        }
      }
    }
    return null;
  }
}
