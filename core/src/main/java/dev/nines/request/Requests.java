package dev.nines.request;

import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Opens exchanges, and tells the listeners of their ends in the order in which they were given. One for each
 * {@code Nines}; thread-safe. Nothing here throws into the caller: what fails is counted.
 */
public final class Requests {

  private static final System.Logger LOG = System.getLogger("dev.nines.request");

  private final ServiceIdentity service;
  private final TimeSource time;
  private final Tracing tracing;
  private final RouteTable routes;
  private final IsolatedListener[] listeners;
  private final LongAdder active = new LongAdder();
  private final LongAdder listenerFailures = new LongAdder();
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  public Requests(
      ServiceIdentity service,
      TimeSource time,
      Tracing tracing,
      RouteTable routes,
      List<RequestListener> listeners) {
    this.service = service;
    this.time = time;
    this.tracing = tracing;
    this.routes = routes;
    this.listeners = listeners.stream()
        .map(listener -> new IsolatedListener(listener, listenerFailures))
        .toArray(IsolatedListener[]::new);
  }

  /** Opens an exchange; the caller makes its context current while the handler runs, and ends it once. */
  public <C> Exchange begin(
      HttpMethod method, Route route, @Nullable C carrier, TextMapGetter<C> getter) {
    long now = time.nanos();
    Context parent = tracing.extract(carrier, getter);
    Span span = tracing.startServerSpan(route.spanName(method), parent);
    Exchange exchange = new Exchange(this, route, method, span, parent, now);
    active.increment();
    if (listeners.length > 0) {
      tellStarted(exchange);
    }
    return exchange;
  }

  public RouteTable routes() {
    return routes;
  }

  /** Returns how many exchanges are open. */
  public long active() {
    return active.sum();
  }

  /** Counts a failure of what an adapter asked the user's code on the way, such as the name of a route. */
  public void listenerFailed(RuntimeException thrown) {
    listenerFailures.increment();
    if (failureLogged.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Asking about a request failed; further failures are only counted",
          thrown);
    }
  }

  /** Returns how often a listener failed. */
  public long listenerFailures() {
    return listenerFailures.sum();
  }

  /** Publishes what was lost on the way: calls of listeners that failed, and routes without room. */
  public void publishTo(Instruments instruments) {
    instruments.publish(Metrics.TELEMETRY_DROPPED, listenerFailures::sum, "listener");
    instruments.publish(Metrics.ROUTES_FOLDED, routes::folded);
  }

  ServiceIdentity service() {
    return service;
  }

  long nanos() {
    return time.nanos();
  }

  void ended(Exchange exchange) {
    try (Scope current = exchange.context().makeCurrent()) {
      for (IsolatedListener listener : listeners) {
        listener.ended(exchange);
      }
    }
    endSpan(exchange);
    active.decrement();
  }

  private void endSpan(Exchange exchange) {
    try {
      ServerSpans.describe(exchange);
      exchange.span().end();
    } catch (RuntimeException e) { // a span processor of the user's runs in there
      tracing.spanFailed(e);
    }
  }

  private void tellStarted(Exchange exchange) {
    try (Scope current = exchange.context().makeCurrent()) {
      for (IsolatedListener listener : listeners) {
        listener.started(exchange);
      }
    }
  }
}
