package dev.nines.ops.grafana;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.PromQl;
import dev.nines.telemetry.Metrics;

/**
 * Queries on the counters of good and bad requests, over all instances that matchers find. Numerator and denominator are
 * summed before they are divided.
 *
 * @param selector finds the instances
 * @param by labels that keep services and objectives apart: {@code objective, route_class}
 */
record Budgets(String selector, String by) {

  /** Returns those of one service, by objective and route class. */
  static Budgets of(Blueprint blueprint) {
    return new Budgets(blueprint.selector(), "objective, route_class");
  }

  /** Returns the share of bad requests over a window; nothing without requests. */
  String bad(String window, String... matchers) {
    String bad = increase(Metrics.REQUESTS_BAD.name(), window, matchers);
    String good = increase(Metrics.REQUESTS_GOOD.name(), window, matchers);
    return bad + " / (" + bad + " + " + good + " > 0)";
  }

  /** Returns the share that is allowed. */
  String allowed(String... matchers) {
    return "(1 - " + target(matchers) + ")";
  }

  /** Returns the share of good requests that is promised; while versions differ, the milder one. */
  String target(String... matchers) {
    return "min by (" + by + ") (" + series(Metrics.TARGET.name(), matchers) + ")";
  }

  /** Returns how many times faster than allowed the budget was spent over a window. */
  String burn(String window, String... matchers) {
    return bad(window, matchers) + " / " + allowed(matchers);
  }

  private String increase(String counter, String window, String... matchers) {
    return "sum by (" + by + ") (increase(" + series(counter, matchers) + "[" + window + "]))";
  }

  private String series(String name, String... matchers) {
    String[] all = new String[matchers.length + 1];
    all[0] = selector;
    System.arraycopy(matchers, 0, all, 1, matchers.length);
    return PromQl.series(name, all);
  }
}
