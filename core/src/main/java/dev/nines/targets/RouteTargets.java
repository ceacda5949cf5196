package dev.nines.targets;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What one route promises otherwise than the service.
 *
 * <p>Immutable and thread-safe.
 *
 * @param route method and template, as in {@code POST /orders} or {@code GET /orders/{id}}; it is also the route class in
 *     metrics and alerts
 * @param errorRate share of the route's valid requests that may fail; the service's if empty
 * @param latency promises that replace the service's for the same quantile; none if empty
 */
public record RouteTargets(
    String route, Optional<BigDecimal> errorRate, Optional<LatencyTargets> latency) {

  private static final java.util.regex.Pattern FORM =
      java.util.regex.Pattern.compile("[A-Z]+ /\\S*");

  public RouteTargets {
    if (!FORM.matcher(route).matches()) {
      throw Check.invalid("routes", route, "a method and a template, such as \"POST /orders\"");
    }
    errorRate = errorRate.map(
        e -> Check.fraction("routes." + route + ".errorRate", e, ReliabilityTargets.MOST_ERRORS));
  }
}
