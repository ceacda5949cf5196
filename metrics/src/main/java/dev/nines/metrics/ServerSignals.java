package dev.nines.metrics;

import dev.nines.request.Exchange;
import dev.nines.request.HttpMethod;
import dev.nines.request.Outcome;
import dev.nines.request.RequestListener;
import dev.nines.request.Route;
import dev.nines.request.RouteTable;
import dev.nines.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Times the requests served, measures their bodies and counts those that went wrong: one listener, for each costs every request
 * something. What measures is found by the indexes of its route and method and then by status, without a lookup by tags and
 * without allocation. Thread-safe.
 */
final class ServerSignals implements RequestListener {

  /** A client that went away is no error of ours; a type of its own keeps it apart from both. */
  static final String CLIENT_ABORT = Outcome.CLIENT_ABORT.label();

  private static final HttpMethod[] METHODS = HttpMethod.values();
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final DurationTimers timers;
  private final RequestNaming naming;
  private final List<Duration> bounds;
  private final BodySizes sizes;
  private final ErrorTypes errorTypes;
  private final ErrorCounters errors;
  private final AtomicReferenceArray<RouteSignals> byRouteAndMethod =
      new AtomicReferenceArray<>(RouteTable.CAPACITY * METHODS.length);

  ServerSignals(
      DurationTimers timers,
      RequestNaming naming,
      List<Duration> bounds,
      BodySizes sizes,
      ErrorTypes errorTypes,
      ErrorCounters errors) {
    this.timers = timers;
    this.naming = naming;
    this.bounds = bounds;
    this.sizes = sizes;
    this.errorTypes = errorTypes;
    this.errors = errors;
  }

  @Override
  public void ended(Exchange exchange) {
    of(exchange.route(), exchange.method()).record(exchange, errorType(exchange));
    errors.count(exchange);
  }

  /**
   * Creates at zero what is sure to be asked for: the successes of routes with promises of their own, whose method is
   * declared, and the 404 that any scanner finds. The methods of other routes are not known before a request names one.
   */
  void createKnown(RouteTable routes) {
    of(routes.other(), HttpMethod.GET)
        .durations()
        .timer(StatusLabel.of(NOT_FOUND), ErrorTypes.NONE);
    of(routes.other(), HttpMethod.OTHER)
        .durations()
        .timer(StatusLabel.of(NOT_FOUND), ErrorTypes.NONE);
    for (Route route : routes.all()) {
      for (HttpMethod method : METHODS) {
        if (!route.routeClass(method).equals(Route.DEFAULT_CLASS)) {
          of(route, method).durations().timer(StatusLabel.of(OK), ErrorTypes.NONE);
        }
      }
    }
  }

  private String errorType(Exchange exchange) {
    return exchange.outcome() == Outcome.CLIENT_ABORT
        ? CLIENT_ABORT
        : errorTypes.bounded(exchange.errorType());
  }

  private RouteSignals of(Route route, HttpMethod method) {
    int place = route.index() * METHODS.length + method.ordinal();
    RouteSignals known = byRouteAndMethod.getAcquire(place);
    return known != null ? known : add(place, route, method);
  }

  private RouteSignals add(int place, Route route, HttpMethod method) {
    String name = method.label();
    String template = route.template();
    RouteSignals added = new RouteSignals(
        new StatusTimers((status, errorType) -> timers.timer(
            naming.metric(), bounds, naming.labels(name, template, status, errorType))),
        sizes.summary(Metrics.REQUEST_BODY_SIZE, template),
        sizes.summary(Metrics.RESPONSE_BODY_SIZE, template));
    return byRouteAndMethod.compareAndSet(place, null, added)
        ? added
        : byRouteAndMethod.getAcquire(place);
  }
}
