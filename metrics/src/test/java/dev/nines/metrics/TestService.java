package dev.nines.metrics;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.budget.BudgetState;
import dev.nines.budget.ErrorBudget;
import dev.nines.dependency.CallListener;
import dev.nines.dependency.Dependencies;
import dev.nines.dependency.Dependency;
import dev.nines.derive.Settings;
import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.lifecycle.CloseStage;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.lifecycle.StartCondition;
import dev.nines.lifecycle.WarmUps;
import dev.nines.meter.ServiceMetrics;
import dev.nines.request.RequestListener;
import dev.nines.request.RouteTable;
import dev.nines.request.Tenants;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.RouteTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service with one feature, as the builder would set it up: budget first, then the feature, then the start. */
final class TestService implements FeatureContext, AutoCloseable {

  static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .route(new RouteTargets(
          "POST /orders",
          Optional.empty(),
          Optional.of(LatencyTargets.of(Duration.ofMillis(500), Duration.ofSeconds(1)))))
      .dependency(DependencyTargets.optional("payments"))
      .build();

  final ManualTime time = new ManualTime();
  final List<Event> events = new CopyOnWriteArrayList<>();
  final TestRequests requests;

  private final Settings settings;
  private final Instruments instruments = new Instruments();
  private final ServiceMetrics metrics;
  private final Tenants tenants;
  private final EventBus bus = new EventBus();
  private final Tracing tracing;
  private final Dependencies dependencies;
  private final ErrorBudget budget;
  private final List<RequestListener> listeners = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<Runnable> starts = new ArrayList<>();
  private final List<AutoCloseable> closeables = new ArrayList<>();

  TestService(Feature feature) {
    this(feature, TARGETS, OpenTelemetry.noop());
  }

  TestService(Feature feature, ReliabilityTargets targets, OpenTelemetry openTelemetry) {
    this(feature, targets, openTelemetry, null);
  }

  TestService(Feature feature, Tenants tenants) {
    this(feature, TARGETS, OpenTelemetry.noop(), tenants);
  }

  private TestService(
      Feature feature, ReliabilityTargets targets, OpenTelemetry openTelemetry, Tenants tenants) {
    this.tenants = tenants;
    settings = Settings.derive(targets);
    metrics = new ServiceMetrics(instruments, time, settings.latencyBounds());
    bus.render(events::add);
    tracing = Tracing.using(openTelemetry);
    budget = new ErrorBudget(settings, time);
    budget.publish(instruments);
    listeners.add(budget);
    List<Dependency> declared = targets.dependencies().values().stream()
        .map(dependency -> Dependency.optional(dependency.name()))
        .toList();
    dependencies = Dependencies.of(
        declared, settings, () -> BudgetState.NORMAL, time, tracing, bus, instruments);
    closeables.add(dependencies);
    RequestListener all = exchange -> listeners.forEach(listener -> listener.ended(exchange));
    requests = new TestRequests(targets, time, openTelemetry, tenants, all);
    instruments.publish(Metrics.SERVER_ACTIVE, requests.requests()::active);
    feature.install(this);
    starts.forEach(Runnable::run);
  }

  /** Returns the exposition as plain text. */
  String scrape() {
    return new String(metrics(Map.of()).body(), StandardCharsets.UTF_8);
  }

  EndpointResponse metrics(Map<String, String> headers) {
    Endpoint endpoint =
        endpoints.stream().filter(e -> e.path().equals("/metrics")).findFirst().orElseThrow();
    return endpoint.handle(new EndpointRequest("GET", "/metrics", Map.of(), headers, false));
  }

  /** Returns what hears of requests beside the budget. */
  RequestListener listener() {
    return listeners.get(1);
  }

  List<RequestListener> listeners() {
    return listeners;
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  @Override
  public ServiceIdentity identity() {
    return new ServiceIdentity("test", "1", "test", "one");
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
    return Map.of();
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
    return bus;
  }

  @Override
  public Lifecycle lifecycle() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Dependencies dependencies() {
    return dependencies;
  }

  @Override
  public RouteTable routes() {
    return requests.routes();
  }

  @Override
  public Optional<Tenants> tenants() {
    return Optional.ofNullable(tenants);
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
    listeners.add(listener);
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
    return new WarmUps(time, events());
  }

  @Override
  public void startAfter(StartCondition condition) {
    throw new IllegalStateException("no feature here holds a start back: " + condition.name());
  }

  @Override
  public void onStart(Runnable action) {
    starts.add(action);
  }

  @Override
  public void onClose(CloseStage stage, String name, AutoCloseable closeable) {
    closeables.add(closeable);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable closeable : closeables) {
      closeable.close();
    }
  }
}
