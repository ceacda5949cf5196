package dev.nines.logging;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.budget.ErrorBudget;
import dev.nines.dependency.CallListener;
import dev.nines.dependency.Dependencies;
import dev.nines.derive.Settings;
import dev.nines.endpoint.Endpoint;
import dev.nines.lifecycle.CloseStage;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.lifecycle.StartCondition;
import dev.nines.lifecycle.WarmUps;
import dev.nines.meter.ServiceMetrics;
import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.RequestListener;
import dev.nines.request.Requests;
import dev.nines.request.RouteTable;
import dev.nines.request.Tenants;
import dev.nines.targets.LatencyTargets;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.RouteTargets;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.testing.ManualTime;
import dev.nines.trace.Tracing;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service with features and nothing else: no server, no health. Closing it closes what they registered. */
final class TestService implements FeatureContext, AutoCloseable {

  private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  };

  /** Three nines, and one route that may take longer. */
  private static final ReliabilityTargets TARGETS = ReliabilityTargets.threeNines().toBuilder()
      .route(new RouteTargets(
          "POST /reports",
          Optional.empty(),
          Optional.of(LatencyTargets.of(Duration.ofSeconds(1), Duration.ofSeconds(2)))))
      .build();

  /** Requests without this header have no tenant, as if tenants were off. */
  private static final Tenants TENANTS = Tenants.fromHeader("x-tenant");

  private final ServiceIdentity identity;
  private final Map<String, String> environment;
  private final ManualTime time = new ManualTime();
  private final Instruments instruments = new Instruments();
  private final EventBus events = new EventBus();
  private final Settings settings = Settings.derive(TARGETS);
  private final RouteTable routes = new RouteTable(TARGETS);
  private final Tracing tracing = Tracing.using(OpenTelemetrySdk.builder().build());
  private final List<RequestListener> listeners = new ArrayList<>();
  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
  private final Requests requests;

  TestService(String name, Feature... features) {
    this(name, Map.of(), features);
  }

  TestService(String name, Map<String, String> environment, Feature... features) {
    this.environment = environment;
    this.identity = new ServiceIdentity(name, "1.4.2", "production", name + "-1");
    for (Feature feature : features) {
      feature.install(this);
    }
    this.requests = new Requests(identity, time, tracing, routes, TENANTS, listeners);
  }

  Exchange begin(String method, String template) {
    return requests.begin(HttpMethod.of(method), routes.route(template), Map.of(), GETTER);
  }

  Exchange begin(String method, String template, String traceparent) {
    return begin(method, template, Map.of("traceparent", traceparent));
  }

  Exchange begin(String method, String template, Map<String, String> headers) {
    return requests.begin(HttpMethod.of(method), routes.route(template), headers, GETTER);
  }

  @Override
  public ServiceIdentity identity() {
    return identity;
  }

  @Override
  public ManualTime time() {
    return time;
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public Instruments instruments() {
    return instruments;
  }

  @Override
  public ServiceMetrics metrics() {
    return new ServiceMetrics(instruments, time(), settings().latencyBounds());
  }

  @Override
  public EventBus events() {
    return events;
  }

  @Override
  public RouteTable routes() {
    return routes;
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
  public void onClose(CloseStage stage, String name, AutoCloseable closeable) {
    closeables.push(closeable);
  }

  @Override
  public void close() {
    closeables.forEach(closeable -> {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    });
    closeables.clear();
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Lifecycle lifecycle() {
    throw notHere();
  }

  @Override
  public Dependencies dependencies() {
    throw notHere();
  }

  @Override
  public Optional<Tenants> tenants() {
    return Optional.of(TENANTS);
  }

  @Override
  public ErrorBudget budget() {
    throw notHere();
  }

  @Override
  public void onCall(CallListener listener) {
    throw notHere();
  }

  @Override
  public void endpoint(Endpoint endpoint) {
    // nobody asks it here: LevelsTest has a whole service
  }

  @Override
  public WarmUps warmUps() {
    return new WarmUps(time, events);
  }

  @Override
  public void startAfter(StartCondition condition) {
    throw new IllegalStateException("no feature here holds a start back: " + condition.name());
  }

  @Override
  public void onStart(Runnable action) {
    throw notHere();
  }

  private static AssertionError notHere() {
    return new AssertionError("logging needs no such thing");
  }
}
