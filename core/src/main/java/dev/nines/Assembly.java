package dev.nines;

import dev.nines.budget.BudgetUpkeep;
import dev.nines.budget.ErrorBudget;
import dev.nines.dependency.CallListener;
import dev.nines.dependency.Dependencies;
import dev.nines.dependency.Dependency;
import dev.nines.derive.Settings;
import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointTable;
import dev.nines.endpoint.RunningAdminServer;
import dev.nines.http.HttpAdapters;
import dev.nines.lifecycle.CloseStage;
import dev.nines.lifecycle.GracefulShutdown;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.lifecycle.ShutdownTimings;
import dev.nines.lifecycle.StartCondition;
import dev.nines.lifecycle.StartUp;
import dev.nines.lifecycle.WarmUps;
import dev.nines.meter.ServiceMetrics;
import dev.nines.request.RequestListener;
import dev.nines.request.Requests;
import dev.nines.request.RouteTable;
import dev.nines.request.Tenants;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.ReliabilityTargetsBuilder;
import dev.nines.targets.TraceRules;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of a {@link Nines} together, in the order in which they need each other. Confined to the thread that
 * starts; what fails half way closes what was opened.
 */
final class Assembly implements FeatureContext {

  private final NinesBuilder declared;
  private final TimeSource time;
  private final EventBus events = new EventBus();
  private final Instruments instruments = new Instruments();
  private final Settings settings;
  private final ServiceMetrics metrics;
  private final ServiceIdentity identity;
  private final Tracing tracing;
  private final Lifecycle lifecycle;
  private final StartUp startUp;
  private final WarmUps warmUps;
  private final GracefulShutdown shutdown;
  private final RouteTable routes;
  private final Dependencies dependencies;
  private final ErrorBudget budget;
  private final EndpointTable endpoints;
  private final Map<Stage, List<RequestListener>> listeners = new EnumMap<>(Stage.class);
  private final List<Runnable> starts = new ArrayList<>();
  private final AtomicReference<@Nullable Nines> started = new AtomicReference<>();
  private volatile @Nullable Requests requests;

  Assembly(NinesBuilder declared) {
    this.declared = declared;
    this.time = declared.time;
    ReliabilityTargets targets = targets(declared);
    this.settings = Settings.derive(targets);
    this.metrics = new ServiceMetrics(instruments, time, settings.latencyBounds());
    this.identity = new Identity(declared.environment)
        .resolve(declared.service, targets.service(), declared.version, declared.deployment);
    this.lifecycle = new Lifecycle(time, events);
    this.startUp = new StartUp(lifecycle, targets.lifecycle().start(), time, events);
    this.warmUps = new WarmUps(time, events);
    this.routes = new RouteTable(targets);
    this.budget = new ErrorBudget(settings, time);
    this.endpoints = new EndpointTable(events, time);
    this.shutdown =
        new GracefulShutdown(lifecycle, timings(targets.lifecycle()), this::active, time, events);
    this.tracing = tracing(declared.openTelemetry, declared.exporting);
    shutdown.onClose(CloseStage.TELEMETRY, "traces", tracing);
    this.dependencies = guard();
    shutdown.onClose(CloseStage.DRAINED, "guards", dependencies);
  }

  /** Puts everything together, up to where the start would wait. */
  Nines open() {
    try {
      if (declared.shutdownHook) {
        shutdown.closeOnJvmExit();
      }
      declared.closings.forEach(c -> onClose(CloseStage.DRAINED, c.name(), c.closeable()));
      declared.warmUps.values().forEach(this::add);
      declared.features.values().forEach(feature -> feature.install(this));
      BudgetUpkeep upkeep =
          BudgetUpkeep.start(budget, declared.budgetHistory, identity.service(), events);
      onClose(CloseStage.TELEMETRY, "error budget", upkeep);
      instruments.publish(Metrics.TELEMETRY_DROPPED, upkeep::dropped, "budget_events");
      Requests made = new Requests(
          identity, time, tracing, routes, declared.tenants, declared.joining, inOrder());
      requests = made;
      new CoreInstruments(this, made).publishTo(instruments);
      HttpAdapters http =
          new HttpAdapters(made, events, declared.trustedProxies, lifecycle::accepting);
      OptionalInt adminPort = serve();
      Nines nines = new Nines(this, this::becomeReady, http, endpoints, shutdown, adminPort);
      started.set(nines);
      starts.forEach(Runnable::run);
      return nines;
    } catch (RuntimeException | Error e) {
      shutdown.close();
      throw e;
    }
  }

  private void becomeReady() {
    try {
      startUp.awaitConditions();
      startUp.warmUp(warmUps);
      if (!lifecycle.advance(Lifecycle.State.READY)) {
        throw new IllegalStateException("start: told to end (expected: a running instance)");
      }
    } catch (RuntimeException | Error e) {
      shutdown.close();
      throw e;
    }
  }

  private Tracing tracing(@Nullable OpenTelemetry own, @Nullable SpanProcessor exporting) {
    TraceRules rules = settings.targets().traces();
    if (own == null) {
      return Tracing.fromEnvironment(identity, declared.environment, time, rules);
    }
    return exporting == null
        ? Tracing.using(own)
        : Tracing.using(
            own, exporting, Tracing.resource(identity, declared.environment), time, rules);
  }

  private Dependencies guard() {
    try {
      return Dependencies.of(
          List.copyOf(declared.dependencies.values()),
          settings,
          budget::state,
          time,
          tracing,
          events,
          instruments);
    } catch (RuntimeException e) {
      shutdown.close();
      throw e;
    }
  }

  private void add(WarmUp declaredTask) {
    Duration start = settings.targets().lifecycle().start();
    warmUps.add(declaredTask.name(), declaredTask.limitIn(start), declaredTask.required(), () -> {
      declaredTask.task().run(Objects.requireNonNull(started.get()));
      return null;
    });
  }

  private OptionalInt serve() {
    if (declared.admin == null) {
      return OptionalInt.empty();
    }
    RunningAdminServer running = declared.admin.start(endpoints, events, time);
    onClose(CloseStage.LAST, "admin server", running);
    return OptionalInt.of(running.port());
  }

  private List<RequestListener> inOrder() {
    List<RequestListener> all = new ArrayList<>();
    all.add(budget);
    listeners.values().forEach(all::addAll);
    return all;
  }

  private long active() {
    Requests made = requests;
    return made == null ? 0 : made.active();
  }

  /** Lays what code says of the dependencies over what the declaration says. */
  private static ReliabilityTargets targets(NinesBuilder declared) {
    ReliabilityTargets loaded =
        declared.targets == null ? ReliabilityTargets.load(declared.environment) : declared.targets;
    ReliabilityTargetsBuilder merged = loaded.toBuilder();
    for (Dependency dependency : declared.dependencies.values()) {
      DependencyTargets code = dependency.targets();
      merged.dependency(Optional.ofNullable(loaded.dependencies().get(code.name()))
          .map(code::over)
          .orElse(code));
    }
    return merged.build();
  }

  private static ShutdownTimings timings(LifecycleTimings lifecycle) {
    return new ShutdownTimings(lifecycle.preStop(), lifecycle.drain(), lifecycle.grace());
  }

  @Override
  public ServiceIdentity identity() {
    return identity;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public TimeSource time() {
    return time;
  }

  @Override
  public Map<String, String> environment() {
    return declared.environment;
  }

  @Override
  public Instruments instruments() {
    return instruments;
  }

  @Override
  public ServiceMetrics metrics() {
    return metrics;
  }

  @Override
  public EventBus events() {
    return events;
  }

  @Override
  public Lifecycle lifecycle() {
    return lifecycle;
  }

  @Override
  public Dependencies dependencies() {
    return dependencies;
  }

  @Override
  public RouteTable routes() {
    return routes;
  }

  @Override
  public Optional<Tenants> tenants() {
    return Optional.ofNullable(declared.tenants);
  }

  @Override
  public ErrorBudget budget() {
    return budget;
  }

  @Override
  public Tracing tracing() {
    return tracing;
  }

  @Override
  public void onRequest(Stage stage, RequestListener listener) {
    listeners.computeIfAbsent(stage, s -> new ArrayList<>()).add(listener);
  }

  @Override
  public void onCall(CallListener listener) {
    dependencies.listen(listener);
  }

  @Override
  public void endpoint(Endpoint endpoint) {
    endpoints.add(endpoint);
  }

  @Override
  public WarmUps warmUps() {
    return warmUps;
  }

  @Override
  public void startAfter(StartCondition condition) {
    startUp.after(condition);
  }

  @Override
  public void onStart(Runnable action) {
    starts.add(action);
  }

  @Override
  public void onClose(CloseStage stage, String name, AutoCloseable closeable) {
    shutdown.onClose(stage, name, closeable);
  }
}
