package dev.nines.trace;

import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry that everything here uses: ours, or one that the user handed in. Nothing global is touched.
 *
 * <p>Thread-safe. {@link #extract} and {@link #startServerSpan} never throw: a request whose trace cannot be had goes on
 * without one, and is counted.
 */
public final class Tracing implements AutoCloseable {

  /** How long the last spans may take to leave; the shutdown goes on without them. */
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private static final System.Logger LOG = System.getLogger("dev.nines.trace");

  private final OpenTelemetry openTelemetry;
  private final boolean ours;
  private final LongAdder dropped;
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  private Tracing(
      OpenTelemetry openTelemetry, boolean ours, TextMapPropagator propagator, LongAdder dropped) {
    this.openTelemetry = openTelemetry;
    this.ours = ours;
    this.dropped = dropped;
    this.tracer = openTelemetry.getTracer("dev.nines");
    this.propagator = propagator;
  }

  /**
   * Uses the user's own OpenTelemetry, which is flushed but never closed. W3C headers are read and written by Nines; the
   * propagators set in {@code openTelemetry} come after it.
   */
  public static Tracing using(OpenTelemetry openTelemetry) {
    TextMapPropagator theirs = openTelemetry.getPropagators().getTextMapPropagator();
    return new Tracing(openTelemetry, false, Propagators.w3cThen(theirs), new LongAdder());
  }

  /**
   * Sets up an SDK of our own as OpenTelemetry's standard variables say: {@code OTEL_SDK_DISABLED},
   * {@code OTEL_TRACES_SAMPLER} and {@code …_ARG} (default {@code parentbased_always_on}), {@code OTEL_TRACES_EXPORTER},
   * {@code OTEL_EXPORTER_OTLP_(TRACES_)ENDPOINT|HEADERS|TIMEOUT|COMPRESSION|PROTOCOL|CERTIFICATE}, {@code OTEL_BSP_…},
   * {@code OTEL_RESOURCE_ATTRIBUTES}. Spans are exported only if an endpoint is named.
   *
   * @throws IllegalArgumentException if a variable has a value that cannot be honoured; the text names it
   * @see <a href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">OpenTelemetry:
   *     environment variables</a>
   */
  public static Tracing fromEnvironment(
      ServiceIdentity identity, Map<String, String> environment, TimeSource time) {
    LongAdder dropped = new LongAdder();
    OpenTelemetry sdk = SdkSetup.of(new Variables(environment), identity, time, dropped);
    return new Tracing(sdk, true, Propagators.w3c(), dropped);
  }

  public Tracer tracer() {
    return tracer;
  }

  /** Returns what reads and writes the trace context of every request and call. */
  public TextMapPropagator propagator() {
    return propagator;
  }

  public OpenTelemetry openTelemetry() {
    return openTelemetry;
  }

  /** Returns the caller's context as the carrier tells it, or the root. */
  public <C> Context extract(@Nullable C carrier, TextMapGetter<C> getter) {
    try {
      return propagator.extract(Context.root(), carrier, getter);
    } catch (RuntimeException e) { // the user's propagators run in there
      spanFailed(e);
      return Context.root();
    }
  }

  /** Starts the span of a request that is served. */
  public Span startServerSpan(String name, Context parent) {
    try {
      return tracer
          .spanBuilder(name)
          .setSpanKind(SpanKind.SERVER)
          .setParent(parent)
          .startSpan();
    } catch (RuntimeException e) { // the user's samplers and processors run in there
      spanFailed(e);
      return Span.getInvalid();
    }
  }

  /** Counts a span that was lost because tracing itself failed; the first is logged. */
  public void spanFailed(RuntimeException thrown) {
    dropped.increment();
    if (failureLogged.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING, "Tracing failed; further failures are only counted", thrown);
    }
  }

  /** Returns how many spans were lost: the queue was full, the receiver did not take them, or tracing failed. */
  public long droppedSpans() {
    return dropped.sum();
  }

  /** Publishes the count of spans that were lost. */
  public void publishTo(Instruments instruments) {
    instruments.publish(Metrics.TELEMETRY_DROPPED, dropped::sum, "spans");
  }

  /** Flushes what is ours and what is not, for at most three seconds; closes what is ours. */
  @Override
  public void close() {
    if (openTelemetry instanceof OpenTelemetrySdk sdk) {
      var provider = sdk.getSdkTracerProvider();
      var finished = ours ? provider.shutdown() : provider.forceFlush();
      finished.join(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
