package dev.nines.request;

import dev.nines.targets.ReliabilityTargets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * The routes of a service, at most {@link #CAPACITY} of them. What comes after is folded into {@code _OTHER} and counted,
 * so that neither clients nor a misbehaving framework can make series without end.
 *
 * <p>Thread-safe.
 */
public final class RouteTable {

  /** The bound on routes, {@code _OTHER} included. */
  public static final int CAPACITY = 1000;

  private final ConcurrentHashMap<String, Route> byTemplate = new ConcurrentHashMap<>();
  private final List<Route> routes = new CopyOnWriteArrayList<>();
  private final LongAdder folded = new LongAdder();
  private final ReliabilityTargets targets;
  private final Route other;

  public RouteTable(ReliabilityTargets targets) {
    this.targets = targets;
    this.other = add(Route.OTHER);
  }

  /** Returns the route of requests that match no template. */
  public Route other() {
    return other;
  }

  /** Returns the route of that template, known from now on; {@link #other()} when the table is full. */
  public Route route(String template) {
    Route known = byTemplate.get(template);
    return known != null ? known : add(template);
  }

  /** Returns the routes known so far, in the order of their indexes. */
  public List<Route> all() {
    return routes;
  }

  /** Returns how often a template found the table full. */
  public long folded() {
    return folded.sum();
  }

  private synchronized Route add(String template) {
    Route known = byTemplate.get(template);
    if (known != null) {
      return known;
    }
    if (routes.size() == CAPACITY) {
      folded.increment();
      return other;
    }
    Route route = new Route(routes.size(), template, classesOf(template));
    routes.add(route);
    byTemplate.put(template, route);
    return route;
  }

  private String[] classesOf(String template) {
    return Arrays.stream(HttpMethod.values())
        .map(method -> method.label() + " " + template)
        .map(name -> targets.routes().containsKey(name) ? name : Route.DEFAULT_CLASS)
        .toArray(String[]::new);
  }
}
