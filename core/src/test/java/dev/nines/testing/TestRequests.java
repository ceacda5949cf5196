package dev.nines.testing;

import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.RequestListener;
import dev.nines.request.Requests;
import dev.nines.request.RouteTable;
import dev.nines.request.Tenants;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves requests without a server, to whoever listens; time passes only as a test says. */
public final class TestRequests {

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

  private final ManualTime time;
  private final RouteTable routes;
  private final Requests requests;

  public TestRequests(
      ReliabilityTargets targets,
      ManualTime time,
      OpenTelemetry openTelemetry,
      RequestListener... listeners) {
    this(targets, time, openTelemetry, null, listeners);
  }

  public TestRequests(
      ReliabilityTargets targets,
      ManualTime time,
      OpenTelemetry openTelemetry,
      @Nullable Tenants tenants,
      RequestListener... listeners) {
    this(targets, time, Tracing.using(openTelemetry), tenants, listeners);
  }

  public TestRequests(
      ReliabilityTargets targets,
      ManualTime time,
      Tracing tracing,
      @Nullable Tenants tenants,
      RequestListener... listeners) {
    this.time = time;
    this.routes = new RouteTable(targets);
    this.requests = new Requests(
        new ServiceIdentity("test", "1", "test", "one"),
        time,
        tracing,
        routes,
        tenants,
        List.of(listeners));
  }

  public RouteTable routes() {
    return routes;
  }

  public Requests requests() {
    return requests;
  }

  /** Begins a request, such as {@code GET /orders/{id}}. */
  public Exchange begin(String methodAndTemplate) {
    return begin(methodAndTemplate, Map.of());
  }

  /** Begins one with headers. */
  public Exchange begin(String methodAndTemplate, Map<String, String> headers) {
    return begin(requests, methodAndTemplate, headers);
  }

  /** Begins one of somebody else's requests. */
  public static Exchange begin(
      Requests requests, String methodAndTemplate, Map<String, String> headers) {
    int space = methodAndTemplate.indexOf(' ');
    HttpMethod method = HttpMethod.of(methodAndTemplate.substring(0, space));
    String template = methodAndTemplate.substring(space + 1);
    return requests.begin(method, requests.routes().route(template), headers, GETTER);
  }

  public TestRequests serve(String route, int status, Duration took) {
    Exchange exchange = begin(route);
    time.advance(took);
    exchange.end(status);
    return this;
  }

  /** Serves one in no time. */
  public TestRequests serve(String route, int status) {
    return serve(route, status, Duration.ZERO);
  }

  public TestRequests serve(String route, int status, int times) {
    for (int i = 0; i < times; i++) {
      serve(route, status);
    }
    return this;
  }

  public TestRequests fail(String route, Throwable thrown) {
    begin(route).fail(500, thrown);
    return this;
  }

  public TestRequests reject(String route) {
    begin(route).reject(503);
    return this;
  }

  public TestRequests abort(String route) {
    begin(route).abort(200, new IOException("broken pipe"));
    return this;
  }
}
