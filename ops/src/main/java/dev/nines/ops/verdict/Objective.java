package dev.nines.ops.verdict;

/**
 * One promise that requests keep or break.
 *
 * @param name {@code errors}, {@code latency_p99}, …
 * @param routeClass {@code default} or the route with promises of its own
 */
record Objective(String name, String routeClass) {

  static final String ERRORS = "errors";
}
