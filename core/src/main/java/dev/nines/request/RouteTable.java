package dev.nines.request;

import dev.nines.targets.ReliabilityTargets;
import dev.nines.targets.TraceRules;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a service, at most {@link #CAPACITY} of them. Requests of what comes after are folded into {@code _OTHER}
 * and counted, so that neither clients nor a misbehaving framework can make series without end. Routes with promises of
 * their own are there from the start, so that they are never folded.
 *
 * <p>Thread-safe.
 */
public final class RouteTable {

  /** The bound on routes, {@code _OTHER} included. */
  public static final int CAPACITY = 1000;

  /** The longest template that is kept, in characters; a longer one is no template. */
  public static final int MAX_TEMPLATE = 200;

  private final ConcurrentHashMap<String, Route> byTemplate = new ConcurrentHashMap<>();
  private final List<Route> routes = new CopyOnWriteArrayList<>();
  private final LongAdder folded = new LongAdder();
  private final ReliabilityTargets targets;
  private final Route other;
  private volatile boolean full;

  public RouteTable(ReliabilityTargets targets) {
    this.targets = targets;
    this.other = add(Route.OTHER);
    targets.routes().keySet().forEach(name -> declare(name.substring(name.indexOf('/'))));
  }

  TraceRules traceRules() {
    return targets.traces();
  }

  /** Returns the route of requests that match no template. */
  public Route other() {
    return other;
  }

  /**
   * Returns the route of that template, known from now on, for a request that is being served. When the table is full, it
   * is {@link #other()}, and the request is counted as folded.
   */
  public Route route(String template) {
    Route known = declare(template);
    return known != null ? known : fold();
  }

  /** Makes a template known before any request; null when the table is full, and then its requests {@link #fold}. */
  public @Nullable Route declare(String template) {
    Route known = byTemplate.get(template);
    if (known != null) {
      return known;
    }
    return full || template.length() > MAX_TEMPLATE ? null : add(template);
  }

  /** Counts a request whose route had no room, and returns {@link #other()}. */
  public Route fold() {
    folded.increment();
    return other;
  }

  /** Returns the routes known so far, in the order of their indexes. */
  public List<Route> all() {
    return routes;
  }

  /** Returns how many requests were folded into {@code _OTHER} because there was no room. */
  public long folded() {
    return folded.sum();
  }

  private synchronized @Nullable Route add(String template) {
    Route known = byTemplate.get(template);
    if (known != null || routes.size() == CAPACITY) {
      return known;
    }
    Route route = new Route(routes.size(), template, targets);
    routes.add(route);
    byTemplate.put(template, route);
    full = routes.size() == CAPACITY;
    return route;
  }
}
