package dev.nines.request;

import dev.nines.targets.ReliabilityTargets;
import java.util.Arrays;
import java.util.Set;

/**
 * A route as metrics, spans and budgets know it. One object for each, made once: compare by identity, and index tables by
 * {@link #index()}.
 */
public final class Route {

  /** The template of requests that no route matches. */
  public static final String OTHER = "_OTHER";

  /** The route class of routes without promises of their own. */
  public static final String DEFAULT_CLASS = "default";

  private final int index;
  private final String template;
  private final String[] classes;
  private final String[] spanNames;

  private final long[] promisedNanos;

  Route(int index, String template, ReliabilityTargets targets) {
    Set<String> promised = targets.routes().keySet();
    this.index = index;
    this.template = template;
    this.classes = Arrays.stream(HttpMethod.values())
        .map(method -> method.label() + " " + template)
        .map(name -> promised.contains(name) ? name : DEFAULT_CLASS)
        .toArray(String[]::new);
    this.promisedNanos = Arrays.stream(classes)
        .mapToLong(name -> targets.latency(name).governing().threshold().toNanos())
        .toArray();
    this.spanNames = Arrays.stream(HttpMethod.values())
        .map(method ->
            template.equals(OTHER) ? method.spanLabel() : method.spanLabel() + " " + template)
        .toArray(String[]::new);
  }

  /** Returns its place among the service's routes, from 0, below {@link RouteTable#CAPACITY}. */
  public int index() {
    return index;
  }

  /** Returns the path template, such as {@code /orders/{id}}; never a raw path. */
  public String template() {
    return template;
  }

  /** Returns {@code default}, or the route as declared with promises of its own, such as {@code POST /orders}. */
  public String routeClass(HttpMethod method) {
    return classes[method.ordinal()];
  }

  /** Returns how long a request may take without breaking what the route promises. */
  long promisedNanos(HttpMethod method) {
    return promisedNanos[method.ordinal()];
  }

  /** Returns the name of a server span: {@code GET /orders/{id}}, or the method alone where no template matched. */
  String spanName(HttpMethod method) {
    return spanNames[method.ordinal()];
  }

  /** Returns whether this is one: not what stands for requests that none matches. */
  boolean isKnown() {
    return !template.equals(OTHER);
  }

  @Override
  public String toString() {
    return template;
  }
}
