package dev.nines.request;

import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Opens exchanges, and tells the listeners of their ends in a fixed order. One for each {@code Nines}; thread-safe.
 */
public final class Requests {

  private static final System.Logger LOG = System.getLogger("dev.nines.request");

  private final ServiceIdentity service;
  private final TimeSource time;
  private final Tracing tracing;
  private final RouteTable routes;
  private final RequestListener[] listeners;
  private final LongAdder active = new LongAdder();
  private final LongAdder listenerFailures = new LongAdder();

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
    this.listeners = listeners.toArray(RequestListener[]::new);
  }

  /** Opens an exchange; the caller makes its context current while the handler runs, and ends it once. */
  public <C> Exchange begin(HttpMethod method, Route route, C carrier, TextMapGetter<C> getter) {
    long now = time.nanos();
    Context parent = tracing.propagator().extract(Context.root(), carrier, getter);
    Span span = tracing
        .tracer()
        .spanBuilder(method.label() + " " + route.template())
        .setSpanKind(SpanKind.SERVER)
        .setParent(parent)
        .startSpan();
    Exchange exchange = new Exchange(this, route, method, span, parent, now);
    active.increment();
    for (RequestListener listener : listeners) {
      guarded(() -> listener.started(exchange));
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

  /** Returns how often a listener failed. */
  public long listenerFailures() {
    return listenerFailures.sum();
  }

  ServiceIdentity service() {
    return service;
  }

  long nanos() {
    return time.nanos();
  }

  void ended(Exchange exchange) {
    active.decrement();
    try (Scope ignored = exchange.context().makeCurrent()) {
      for (RequestListener listener : listeners) {
        guarded(() -> listener.ended(exchange));
      }
    }
    exchange.span().end();
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      if (listenerFailures.sum() == 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "A request listener failed; further failures are only counted",
            e);
      }
      listenerFailures.increment();
    }
  }
}
