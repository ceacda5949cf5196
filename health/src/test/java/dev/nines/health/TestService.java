package dev.nines.health;

import dev.nines.Feature;
import dev.nines.FeatureContext;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import dev.nines.telemetry.Instrument;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real service with health and nothing else, whose endpoints are asked without a server. */
final class TestService implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Map<String, Instrument> published = new ConcurrentHashMap<>();
  private final Nines nines;

  private TestService(Duration detection, HealthEndpoints health, Dependency... declared) {
    NinesBuilder builder = Nines.builder("checkout")
        .version("1.2.3")
        .openTelemetry(OpenTelemetry.noop())
        .targets(ReliabilityTargets.builder()
            .detection(detection)
            .lifecycle(new LifecycleTimings(
                Duration.ofMinutes(2), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))
            .build())
        .install(new Recorder())
        .install(health);
    List.of(declared).forEach(builder::dependency);
    nines = builder.start();
  }

  static TestService running(Duration detection, HealthEndpoints health, Dependency... declared) {
    return new TestService(detection, health, declared);
  }

  /** Keeps what is told. */
  private final class Recorder implements Feature {

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public void install(FeatureContext context) {
      context.events().render(events::add);
      context.instruments().renderTo(i -> published.put(i.metric().name() + i.labelValues(), i));
    }
  }

  @Override
  public void close() {
    nines.close();
  }

  Nines nines() {
    return nines;
  }

  EndpointResponse get(String path) {
    return get(path, false);
  }

  private EndpointResponse get(String path, boolean authorized) {
    return nines
        .endpoints()
        .handle(new EndpointRequest("GET", path, Map.of(), Map.of(), authorized));
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
    return JSON.readTree(get(path, true).body());
  }

  List<Event> seen() {
    return events;
  }

  double metric(String name, String... labels) {
    return published.get(name + List.of(labels)).value().getAsDouble();
  }
}
