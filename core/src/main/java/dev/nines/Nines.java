package dev.nines;

import dev.nines.budget.ErrorBudget;
import dev.nines.dependency.Guard;
import dev.nines.derive.Explanation;
import dev.nines.derive.Settings;
import dev.nines.derive.TraceRows;
import dev.nines.endpoint.EndpointTable;
import dev.nines.http.HttpAdapters;
import dev.nines.lifecycle.GracefulShutdown;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.meter.ServiceMetrics;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A service's reliability, running: made by {@link #builder}, ended by {@link #close}.
 *
 * <p>Thread-safe. Two of them in one JVM don't disturb each other.
 */
public final class Nines implements AutoCloseable {

  private final FeatureContext parts;
  private final AtomicReference<@Nullable Runnable> start;
  private final HttpAdapters http;
  private final EndpointTable endpoints;
  private final GracefulShutdown shutdown;
  private final OptionalInt adminPort;

  Nines(
      FeatureContext parts,
      Runnable start,
      HttpAdapters http,
      EndpointTable endpoints,
      GracefulShutdown shutdown,
      OptionalInt adminPort) {
    this.parts = parts;
    this.start = new AtomicReference<>(start);
    this.http = http;
    this.endpoints = endpoints;
    this.shutdown = shutdown;
    this.adminPort = adminPort;
  }

  /** Begins the declaration of the service of that name. */
  public static NinesBuilder builder(String service) {
    return new NinesBuilder(service);
  }

  /**
   * Begins a declaration of the service that {@code OTEL_SERVICE_NAME}, {@code NINES_SERVICE} or {@code reliability.yaml}
   * names.
   */
  public static NinesBuilder builder() {
    return new NinesBuilder(null);
  }

  /** Returns the adapters for HTTP servers. */
  public HttpAdapters http() {
    return http;
  }

  /**
   * Returns what guards calls to a dependency; ask once and keep it.
   *
   * @throws IllegalArgumentException if no dependency of that name is declared; the message names those that are
   */
  public Guard guard(String dependency) {
    return parts.dependencies().guard(dependency);
  }

  /** Returns every derived number with its formula, its inputs and its source. */
  public Explanation explain() {
    Explanation derived = settings().explanation();
    return parts
        .tracing()
        .whyNothingIsKept()
        .map(TraceRows::notKept)
        .map(derived::with)
        .orElse(derived);
  }

  /** Returns all that was derived, the targets included. */
  public Settings settings() {
    return parts.settings();
  }

  public ServiceIdentity identity() {
    return parts.identity();
  }

  public Lifecycle lifecycle() {
    return parts.lifecycle();
  }

  /** Returns the error budget as this instance sees it. */
  public ErrorBudget budget() {
    return parts.budget();
  }

  /** Returns where to listen to events, and to publish one's own. */
  public EventBus events() {
    return parts.events();
  }

  /** Returns where to declare counters, gauges and timers of the service's own; declare once, and keep the handles. */
  public ServiceMetrics metrics() {
    return parts.metrics();
  }

  /** Returns where to publish values that are read at each scrape, and where to find those of others. */
  public Instruments instruments() {
    return parts.instruments();
  }

  /** Returns the OpenTelemetry in use: ours, or the one that was handed in. */
  public OpenTelemetry openTelemetry() {
    return parts.tracing().openTelemetry();
  }

  /** Returns what reads and writes trace context, for what carries it beside HTTP: see {@code dev.nines.messaging}. */
  public Tracing tracing() {
    return parts.tracing();
  }

  /** Returns the endpoints, to serve them elsewhere than on the admin port. */
  public EndpointTable endpoints() {
    return endpoints;
  }

  /** Returns the port on which the endpoints are served, if an admin server was declared. */
  public OptionalInt adminPort() {
    return adminPort;
  }

  /**
   * Ends the start that {@link NinesBuilder#open()} began: waits for what the service cannot start without, warms up, and
   * turns ready, as {@link NinesBuilder#start()} says. Blocks meanwhile; called again it does nothing.
   *
   * @throws IllegalStateException if something needed is not there within {@code lifecycle.start}, or the instance was told
   *     to end; everything is closed then
   */
  public void start() {
    Runnable once = start.getAndSet(null);
    if (once != null) {
      once.run();
    }
  }

  /**
   * Does the first half of {@link #close()}: unready at once, the pre-stop wait, new requests refused, and those under way
   * finished, up to the drain's limit. For a container that then stops what is its own, before it calls {@link #close()}.
   * Blocks until it is done; may be called again.
   */
  public void drain() {
    shutdown.drain();
  }

  /**
   * Shuts down gracefully: unready at once, then the pre-stop wait, the drain, and the closing of everything in the order
   * of {@link dev.nines.lifecycle.CloseStage}. Blocks until it is done; may be called again.
   */
  @Override
  public void close() {
    shutdown.close();
  }
}
