package dev.nines;

import dev.nines.budget.BudgetHistory;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.http.TrustedProxies;
import dev.nines.request.Tenants;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.time.TimeSource;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Declares a service. What is not said has a default: the targets of {@link ReliabilityTargets#load()}, a version and an
 * environment from {@code SERVICE_VERSION} and {@code ENVIRONMENT}, an OpenTelemetry of our own, no features, no admin
 * server.
 *
 * <p>Not thread-safe; serves for one start.
 */
public final class NinesBuilder {

  final @Nullable String service;

  @Nullable
  String version;

  @Nullable
  String deployment;

  @Nullable
  ReliabilityTargets targets;

  @Nullable
  AdminServer admin;

  @Nullable
  OpenTelemetry openTelemetry;

  boolean joining;

  @Nullable
  SpanProcessor exporting;

  BudgetHistory budgetHistory = BudgetHistory.none();

  @Nullable
  Tenants tenants;

  Map<String, String> environment = System.getenv();
  TimeSource time = TimeSource.system();
  TrustedProxies trustedProxies = TrustedProxies.none();
  boolean shutdownHook = true;
  final Map<String, Dependency> dependencies = new LinkedHashMap<>();
  final Map<String, Feature> features = new LinkedHashMap<>();
  final Map<String, WarmUp> warmUps = new LinkedHashMap<>();
  final List<Closing> closings = new ArrayList<>();

  record Closing(String name, AutoCloseable closeable) {}

  NinesBuilder(@Nullable String service) {
    this.service = service;
  }

  /** The service's version; default {@code SERVICE_VERSION}, else {@code unknown}. */
  public NinesBuilder version(String serviceVersion) {
    version = serviceVersion;
    return this;
  }

  /** The deployment environment, such as {@code production}; default {@code ENVIRONMENT}, else {@code unknown}. */
  public NinesBuilder environment(String name) {
    deployment = name;
    return this;
  }

  /** What the service promises; default {@link ReliabilityTargets#load()}. */
  public NinesBuilder targets(ReliabilityTargets reliabilityTargets) {
    targets = reliabilityTargets;
    return this;
  }

  /**
   * Declares something that the service leans on.
   *
   * @throws IllegalArgumentException if the name is declared already
   */
  public NinesBuilder dependency(Dependency dependency) {
    if (dependencies.putIfAbsent(dependency.name(), dependency) != null) {
      throw new IllegalArgumentException(
          "dependency: " + dependency.name() + " (expected: each name once)");
    }
    return this;
  }

  /**
   * Installs a feature; features are installed in this order.
   *
   * @throws IllegalArgumentException if a feature of that name is installed already
   */
  public NinesBuilder install(Feature feature) {
    if (features.putIfAbsent(feature.name(), feature) != null) {
      throw new IllegalArgumentException(
          "feature: " + feature.name() + " (expected: each feature once)");
    }
    return this;
  }

  /**
   * Runs a task before the service is ready; several run side by side.
   *
   * @throws IllegalArgumentException if a task of that name is declared already
   */
  public NinesBuilder warmUp(WarmUp warmUp) {
    if (warmUps.putIfAbsent(warmUp.name(), warmUp) != null) {
      throw new IllegalArgumentException(
          "warmUp: " + warmUp.name() + " (expected: each name once)");
    }
    return this;
  }

  /** Installs, with its defaults, every feature on the classpath that is not installed already. */
  public NinesBuilder discover() {
    ServiceLoader.load(Feature.class)
        .forEach(feature -> features.putIfAbsent(feature.name(), feature));
    return this;
  }

  /** Serves the endpoints on a port of their own. */
  public NinesBuilder admin(AdminServer server) {
    admin = server;
    return this;
  }

  /** Tells tenants apart on log lines, spans and request metrics; default: not. */
  public NinesBuilder tenants(Tenants resolver) {
    tenants = resolver;
    return this;
  }

  /** Takes the word of these proxies on a client's address; by default nobody's, and the client is the peer. */
  public NinesBuilder trustedProxies(TrustedProxies proxies) {
    trustedProxies = proxies;
    return this;
  }

  /**
   * Uses the user's own OpenTelemetry, which is flushed but never closed; default: one made from {@code OTEL_*}. Requests that
   * broke a target are exported only if its sampler takes them.
   */
  public NinesBuilder openTelemetry(OpenTelemetry own) {
    openTelemetry = own;
    return this;
  }

  /**
   * Uses the user's own OpenTelemetry, and exports requests that broke a target, which its sampler left out, through
   * {@code exporting}: the processor that exports its spans, such as its {@code BatchSpanProcessor}.
   */
  public NinesBuilder openTelemetry(OpenTelemetry own, SpanProcessor exporting) {
    this.exporting = exporting;
    return openTelemetry(own);
  }

  /**
   * Takes the span that is current when a request begins for the request's own, of which no second one is made: for where
   * something outside of Nines opens it, such as OpenTelemetry's Java agent, whose OpenTelemetry is then to be handed in too. An
   * open server span of an SDK in this process is joined without that.
   */
  public NinesBuilder joinServerSpans() {
    joining = true;
    return this;
  }

  /**
   * From where the error budget knows what was counted before this start, such as {@link BudgetHistory#inFile}; default
   * from nowhere, so that a restart begins with a whole budget.
   */
  public NinesBuilder budgetHistory(BudgetHistory history) {
    budgetHistory = history;
    return this;
  }

  /** The clock; default the machine's. */
  public NinesBuilder time(TimeSource source) {
    time = source;
    return this;
  }

  /**
   * Leaves it to the caller to close: for a service within another, or a container with an order of its own. By default the
   * end of the JVM closes.
   */
  public NinesBuilder withoutShutdownHook() {
    shutdownHook = false;
    return this;
  }

  /**
   * Closes something of the service's own, such as a pool or a server, once no request needs it any more; the last named
   * goes first.
   */
  public NinesBuilder closing(String name, AutoCloseable closeable) {
    closings.add(new Closing(name, closeable));
    return this;
  }

  /** The environment to read {@code NINES_…}, {@code OTEL_…} and the like from; the process's own outside of tests. */
  NinesBuilder environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  /**
   * Starts: derives the settings, installs the features, opens the admin server, waits for what the service cannot start
   * without, warms up, and turns ready. Blocks meanwhile, for {@code lifecycle.start} at most, and tells in the log whom it
   * waits for; the admin server answers already: alive, not ready. With health installed, every dependency whose failure
   * would take readiness away ({@code onFailure: unready}) and that has a check is waited for. Whoever ends the instance
   * meanwhile, as a signal does, ends the waiting.
   *
   * @throws IllegalArgumentException if something declared is wrong; the message names it and what was expected
   * @throws IllegalStateException if something needed cannot be had, such as the admin port, a required dependency
   *     within {@code lifecycle.start}, or a warm-up that is {@link WarmUp#orFail()}; everything is closed then
   */
  public Nines start() {
    Nines nines = open();
    nines.start();
    return nines;
  }

  /**
   * Does what {@link #start()} does before it waits, and leaves the rest to {@link Nines#start()}: for a container that has
   * more to put together before the service may be ready. Everything works, the admin server answers, and {@code /ready} is
   * 503 until then. {@code lifecycle.start} counts from here.
   *
   * @throws IllegalArgumentException if something declared is wrong; the message names it and what was expected
   * @throws IllegalStateException if something needed cannot be had, such as the admin port; everything is closed then
   */
  public Nines open() {
    return new Assembly(this).open();
  }
}
