package dev.nines.trace;

import dev.nines.targets.TraceRules;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry that everything here uses: ours, or one that the user handed in. Nothing global is touched.
 *
 * <p>Thread-safe. {@link #extract} never throws: a request whose trace cannot be had goes on without one, and is counted.
 */
public final class Tracing implements AutoCloseable {

  /** How long the last spans may take to leave; the shutdown goes on without them. */
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  /** The instrumentation scope of every span that is made here. */
  static final String SCOPE = "dev.nines";

  private static final System.Logger LOG = System.getLogger("dev.nines.trace");

  private final OpenTelemetry openTelemetry;
  private final @Nullable Entrance entrance;
  private final @Nullable LateSpans late;
  private final boolean ours;
  private final LongAdder dropped;
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  private Tracing(SdkSetup parts, boolean ours, TextMapPropagator propagator, LongAdder dropped) {
    this.openTelemetry = parts.openTelemetry();
    this.entrance = parts.entrance();
    this.late = parts.late();
    this.ours = ours;
    this.dropped = dropped;
    this.tracer = openTelemetry.getTracer(SCOPE);
    this.propagator = propagator;
  }

  /**
   * Uses the user's own OpenTelemetry, which is flushed but never closed. W3C headers are read and written by Nines; the
   * propagators set in {@code openTelemetry} come after it.
   */
  public static Tracing using(OpenTelemetry openTelemetry) {
    return using(openTelemetry, null);
  }

  /** Uses the user's own OpenTelemetry, and keeps requests that it left out through {@code late} if that is not null. */
  static Tracing using(OpenTelemetry openTelemetry, @Nullable LateSpans late) {
    TextMapPropagator theirs = openTelemetry.getPropagators().getTextMapPropagator();
    return new Tracing(
        new SdkSetup(openTelemetry, null, late),
        false,
        Propagators.w3cThen(theirs),
        new LongAdder());
  }

  /**
   * Uses the user's own OpenTelemetry, and exports requests that broke a target, whatever its sampler says, through a
   * processor of theirs: that which exports its spans.
   */
  public static Tracing using(
      OpenTelemetry openTelemetry,
      SpanProcessor exporting,
      Resource resource,
      TimeSource time,
      TraceRules rules) {
    SdkTracerProviderBuilder spans = SdkTracerProvider.builder()
        .setClock(new TimeSourceClock(time))
        .setResource(resource)
        .addSpanProcessor(exporting);
    return using(openTelemetry, LateSpans.of(rules, time, spans));
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
      ServiceIdentity identity,
      Map<String, String> environment,
      TimeSource time,
      TraceRules rules) {
    LongAdder dropped = new LongAdder();
    SdkSetup parts = SdkSetup.of(new Variables(environment), identity, time, rules, dropped);
    return new Tracing(parts, true, Propagators.w3c(), dropped);
  }

  /** Sets up an SDK as the environment says, and {@link TraceRules#DEFAULT}. */
  public static Tracing fromEnvironment(
      ServiceIdentity identity, Map<String, String> environment, TimeSource time) {
    return fromEnvironment(identity, environment, time, TraceRules.DEFAULT);
  }

  /** Returns who speaks, as OpenTelemetry has it: the identity, and what {@code OTEL_RESOURCE_ATTRIBUTES} adds. */
  public static Resource resource(ServiceIdentity identity, Map<String, String> environment) {
    return SdkSetup.resource(new Variables(environment), identity);
  }

  public Tracer tracer() {
    return tracer;
  }

  /** Returns what reads and writes the trace context of every request and call. */
  public TextMapPropagator propagator() {
    return propagator;
  }

  /** Returns how requests enter their traces where the sampling is ours; null where OpenTelemetry has to be asked. */
  public @Nullable Entrance entrance() {
    return entrance;
  }

  /** Returns what keeps requests that head sampling left out; null where that is off. */
  public @Nullable LateSpans late() {
    return late;
  }

  /** Returns why requests that broke a target are not kept; empty if they are. */
  public Optional<String> whyNothingIsKept() {
    if (late != null) {
      return Optional.empty();
    }
    return Optional.of(
        !ours
            ? "the OpenTelemetry that was handed in exports what its own sampler takes; hand its span processor in, too"
            : "nothing is exported (no OTEL_EXPORTER_OTLP_ENDPOINT, or OTEL_SDK_DISABLED), or traces.keepBroken is 0/s");
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

  /** Publishes the counts of spans that were lost, and of requests that broke a target and were not kept. */
  public void publishTo(Instruments instruments) {
    instruments.publish(Metrics.TELEMETRY_DROPPED, dropped::sum, "spans");
    if (late != null) {
      instruments.publish(Metrics.TELEMETRY_DROPPED, late::omitted, "broken_requests");
    }
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
