package dev.nines.health;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.budget.ErrorBudget;
import dev.nines.dependency.CallListener;
import dev.nines.dependency.Dependencies;
import dev.nines.dependency.Dependency;
import dev.nines.dependency.TestDependencies;
import dev.nines.dependency.TestGuard;
import dev.nines.derive.Settings;
import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.lifecycle.CloseStage;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.request.RequestListener;
import dev.nines.request.RouteTable;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.ReliabilityTargetsBuilder;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instrument;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service with health and nothing else: what core hands to a feature, asked without a server. */
final class TestService implements FeatureContext, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final TimeSource time;
  private final Settings settings;
  private final Lifecycle lifecycle;
  private final Dependencies dependencies;
  private final EventBus bus = new EventBus();
  private final Instruments instruments = new Instruments();
  private final Map<String, Endpoint> endpoints = new HashMap<>();
  private final List<Runnable> starts = new ArrayList<>();
  private final Deque<AutoCloseable> closes = new ArrayDeque<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Map<String, Instrument> published = new HashMap<>();

  TestService(TimeSource time, Duration detection, Dependency... declared) {
    this.time = time;
    ReliabilityTargetsBuilder targets = ReliabilityTargets.builder().detection(detection);
    for (Dependency dependency : declared) {
      targets.dependency(dependency.targets());
    }
    settings = Settings.derive(targets.build());
    dependencies = TestDependencies.of(settings, List.of(declared));
    lifecycle = new Lifecycle(time, bus);
    bus.render(events::add);
    instruments.renderTo(i -> published.put(i.metric().name() + i.labelValues(), i));
  }

  /** Installs health and starts it, as far as {@code ready} traffic is asked for. */
  static TestService running(Duration detection, HealthEndpoints health, Dependency... declared) {
    TestService service = new TestService(TimeSource.system(), detection, declared);
    service.install(health);
    service.start();
    return service;
  }

  void install(Feature feature) {
    feature.install(this);
  }

  void start() {
    starts.forEach(Runnable::run);
    lifecycle.advance(Lifecycle.State.READY);
  }

  @Override
  public void close() throws Exception {
    while (!closes.isEmpty()) {
      closes.pop().close();
    }
  }

  EndpointResponse get(String path) {
    return get(path, Map.of(), false);
  }

  EndpointResponse get(String path, Map<String, String> headers, boolean authorized) {
    return endpoints
        .get(path)
        .handle(new EndpointRequest("GET", path, Map.of(), headers, authorized));
  }

  int status(String path) {
    return get(path).status();
  }

  String body(String path) {
    return new String(get(path).body(), StandardCharsets.UTF_8);
  }

  JsonNode json(String path) {
    return JSON.readTree(get(path).body());
  }

  JsonNode detailed(String path) {
    return JSON.readTree(get(path, Map.of(), true).body());
  }

  List<Event> seen() {
    return events;
  }

  double metric(String name, String... labels) {
    return published.get(name + List.of(labels)).value().getAsDouble();
  }

  TestGuard guard(int index) {
    return (TestGuard) dependencies.guards().get(index);
  }

  @Override
  public ServiceIdentity identity() {
    return new ServiceIdentity("checkout", "1.2.3", "test", "one");
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
  public Instruments instruments() {
    return instruments;
  }

  @Override
  public EventBus events() {
    return bus;
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
  public void endpoint(Endpoint endpoint) {
    endpoints.put(endpoint.path(), endpoint);
  }

  @Override
  public void onStart(Runnable action) {
    starts.add(action);
  }

  @Override
  public void onClose(CloseStage stage, String name, AutoCloseable closeable) {
    closes.push(closeable);
  }

  @Override
  public RouteTable routes() {
    return new RouteTable(settings.targets());
  }

  @Override
  public ErrorBudget budget() {
    throw new UnsupportedOperationException("health needs no budget");
  }

  @Override
  public Tracing tracing() {
    return Tracing.using(OpenTelemetry.noop());
  }

  @Override
  public void onRequest(Stage stage, RequestListener listener) {
    throw new UnsupportedOperationException("health hears of no requests");
  }

  @Override
  public void onCall(CallListener listener) {
    throw new UnsupportedOperationException("health hears of no calls");
  }
}
