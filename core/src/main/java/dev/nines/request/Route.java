package dev.nines.request;

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

  Route(int index, String template, String[] classes) {
    this.index = index;
    this.template = template;
    this.classes = classes;
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

  @Override
  public String toString() {
    return template;
  }
}
