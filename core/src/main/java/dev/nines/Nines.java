package dev.nines;

import dev.nines.budget.ErrorBudget;
import dev.nines.dependency.Guard;
import dev.nines.derive.Explanation;
import dev.nines.derive.Settings;
import dev.nines.endpoint.EndpointTable;
import dev.nines.http.HttpAdapters;
import dev.nines.lifecycle.GracefulShutdown;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import io.opentelemetry.api.OpenTelemetry;
import java.util.OptionalInt;

/**
 * A service's reliability, running: made by {@link #builder}, ended by {@link #close}.
 *
 * <p>Thread-safe. Two of them in one JVM don't disturb each other.
 */
public final class Nines implements AutoCloseable {

  private final FeatureContext parts;
  private final HttpAdapters http;
  private final EndpointTable endpoints;
  private final GracefulShutdown shutdown;
  private final OptionalInt adminPort;

  Nines(
      FeatureContext parts,
      HttpAdapters http,
      EndpointTable endpoints,
      GracefulShutdown shutdown,
      OptionalInt adminPort) {
    this.parts = parts;
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
    return settings().explanation();
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

  /** Returns where to publish counters and gauges of one's own. */
  public Instruments instruments() {
    return parts.instruments();
  }

  /** Returns the OpenTelemetry in use: ours, or the one that was handed in. */
  public OpenTelemetry openTelemetry() {
    return parts.tracing().openTelemetry();
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
   * Shuts down gracefully: unready at once, then the pre-stop wait, the drain, and the closing of everything in the order
   * of {@link dev.nines.lifecycle.CloseStage}. Blocks until it is done; may be called again.
   */
  @Override
  public void close() {
    shutdown.close();
  }
}
