package dev.nines.request;

import dev.nines.targets.TraceRules;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.Metrics;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import dev.nines.trace.Entrance;
import dev.nines.trace.LateSpans;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
  private final @Nullable Tenants tenants;
  private final @Nullable Entrance entrance;
  private final @Nullable LateSpans late;
  private final TraceRules rules;
  private final boolean trusting;
  private final OpenedSpans opened;
  private final IsolatedListener[] listeners;
  private final IsolatedListener[] startListeners;
  private final LongAdder active = new LongAdder();
  private final LongAdder listenerFailures = new LongAdder();
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  /** Makes one that asks for no tenants. */
  public Requests(
      ServiceIdentity service,
      TimeSource time,
      Tracing tracing,
      RouteTable routes,
      List<RequestListener> listeners) {
    this(service, time, tracing, routes, null, listeners);
  }

  /** Makes one that asks {@code tenants}, if there are any. */
  public Requests(
      ServiceIdentity service,
      TimeSource time,
      Tracing tracing,
      RouteTable routes,
      @Nullable Tenants tenants,
      List<RequestListener> listeners) {
    this(service, time, tracing, routes, tenants, false, listeners);
  }

  /**
   * Makes one that joins the spans of others.
   *
   * @param joining whether the span that is current when a request begins is that of the request, whatever it says of itself; an
   *     open server span is in any case
   */
  public Requests(
      ServiceIdentity service,
      TimeSource time,
      Tracing tracing,
      RouteTable routes,
      @Nullable Tenants tenants,
      boolean joining,
      List<RequestListener> listeners) {
    this.service = service;
    this.time = time;
    this.tracing = tracing;
    this.routes = routes;
    this.tenants = tenants;
    this.entrance = tracing.entrance();
    this.late = tracing.late();
    this.rules = routes.traceRules();
    this.trusting = rules.trust() == TraceRules.Trust.CALLERS;
    this.opened = new OpenedSpans(joining);
    this.listeners = listeners.stream()
        .map(listener -> new IsolatedListener(listener, listenerFailures))
        .toArray(IsolatedListener[]::new);
    this.startListeners = Arrays.stream(this.listeners)
        .filter(IsolatedListener::hearsStarts)
        .toArray(IsolatedListener[]::new);
  }

  /** Opens an exchange; the caller makes its context current while the handler runs, and ends it once. */
  public <C> Exchange begin(
      HttpMethod method, Route route, @Nullable C carrier, TextMapGetter<C> getter) {
    Exchange exchange = entered(method, route, carrier, getter);
    exchange.headers(carrier, getter);
    if (rules.requestId()) {
      exchange.requestId(RequestIds.of(trusting ? exchange.firstHeader(RequestIds.HEADER) : null));
    }
    active.increment();
    if (startListeners.length > 0) {
      tellStarted(exchange);
    }
    return exchange;
  }

  private <C> Exchange entered(
      HttpMethod method, Route route, @Nullable C carrier, TextMapGetter<C> getter) {
    Context around = opened.here();
    if (around != null) {
      Context callers = tracing.extract(carrier, getter);
      return new JoinedExchange(this, route, method, time.nanos(), callers, around);
    }
    return trusting
        ? open(method, route, carrier, getter)
        : restart(method, route, carrier, getter);
  }

  private <C> Exchange open(
      HttpMethod method, Route route, @Nullable C carrier, TextMapGetter<C> getter) {
    long now = time.nanos();
    if (entrance == null) {
      Context parent = tracing.extract(carrier, getter);
      return new RecordedExchange(
          this, route, method, now, parent, asked(method, route, parent), 0);
    }
    try {
      String caller = entrance.caller(carrier, getter);
      boolean sampled = entrance.samples(caller);
      Context parent = entrance.parent(caller, carrier, getter);
      return entrance.records(sampled)
          ? recorded(
              entrance,
              method,
              route,
              now,
              caller == null ? parent : Entrance.within(parent, caller))
          : new UnrecordedExchange(this, route, method, now, parent, caller, sampled);
    } catch (RuntimeException e) { // a getter of the user's may run in there
      tracing.spanFailed(e);
      return new UnrecordedExchange(this, route, method, now, Context.root(), null, false);
    }
  }

  /** Opens one that begins a trace, and links that of the caller. */
  private <C> Exchange restart(
      HttpMethod method, Route route, @Nullable C carrier, TextMapGetter<C> getter) {
    Exchange exchange = open(method, route, null, NoHeaders.GETTER);
    SpanContext caller = Span.fromContext(tracing.extract(carrier, getter)).getSpanContext();
    if (caller.isValid()) {
      exchange.link(caller);
    }
    return exchange;
  }

  /** Starts the span that OpenTelemetry makes of a request whose sampling is its own. */
  private Span asked(HttpMethod method, Route route, Context parent) {
    try {
      return ServerSpans.start(tracing.tracer(), method, route, parent, 0);
    } catch (RuntimeException e) { // the user's samplers and processors run in there
      tracing.spanFailed(e);
      return Span.getInvalid();
    }
  }

  private Exchange recorded(Entrance by, HttpMethod method, Route route, long now, Context parent) {
    long epochNanos = by.epochNanos(now);
    Span span = ServerSpans.start(by.tracer(), method, route, parent, epochNanos);
    return new RecordedExchange(this, route, method, now, parent, span, epochNanos);
  }

  /** Draws the id of a trace that began with a request of which no span is recorded. */
  String newTraceId(boolean sampled) {
    return Objects.requireNonNull(entrance).traceId(sampled);
  }

  TraceRules rules() {
    return rules;
  }

  /** Returns whether requests that break their target are kept, whatever head sampling says. */
  boolean keeps() {
    return late != null;
  }

  @Nullable
  Tenants tenants() {
    return tenants;
  }

  /** Returns the tenant of a request, {@code _OTHER} where the user's function fails. */
  @Nullable
  String resolve(Tenants from, Exchange exchange) {
    try {
      return from.of(exchange);
    } catch (RuntimeException e) {
      listenerFailed(e);
      return Tenants.OTHER;
    }
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
    exchange.resolveTenant();
    Context own = exchange.context();
    if (Context.current() == own) { // as a rule: the handler has just returned
      tellEnded(exchange);
    } else {
      try (Scope current = own.makeCurrent()) {
        tellEnded(exchange);
      }
    }
    endSpan(exchange);
    active.decrement();
  }

  private void tellEnded(Exchange exchange) {
    for (IsolatedListener listener : listeners) {
      listener.ended(exchange);
    }
  }

  private void endSpan(Exchange exchange) {
    Span span = exchange.span();
    try {
      if (span.isRecording()) {
        ServerSpans.describe(span, exchange);
      }
      long epochNanos = exchange.epochNanos(exchange.endNanos());
      if (epochNanos == 0) {
        span.end();
      } else {
        span.end(epochNanos, TimeUnit.NANOSECONDS);
      }
      if (exchange.sloBroken() && !span.getSpanContext().isSampled()) {
        keep(exchange);
      }
    } catch (RuntimeException e) { // a span processor of the user's runs in there
      tracing.spanFailed(e);
    }
  }

  private void keep(Exchange exchange) {
    LateSpans spans = late;
    if (spans != null && spans.admit()) {
      spans.build(new LateExchange(exchange));
      exchange.takeCalls().forEach(spans::build);
    }
  }

  private void tellStarted(Exchange exchange) {
    try (Scope current = exchange.context().makeCurrent()) {
      for (IsolatedListener listener : startListeners) {
        listener.started(exchange);
      }
    }
  }
}
