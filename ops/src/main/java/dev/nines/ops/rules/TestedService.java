package dev.nines.ops.rules;

import dev.nines.derive.BurnTier;
import dev.nines.derive.Settings;
import dev.nines.ops.generate.PromQl;
import dev.nines.telemetry.Metrics;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A service whose rules are tested.
 *
 * @param identity labels of all its series
 * @param service its name in alerts
 * @param settings what its declaration gives
 */
record TestedService(Map<String, String> identity, String service, Settings settings) {

  /** Returns the labels of a series of its only instance. */
  Map<String, String> labels(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(identity);
    all.put("instance", "one");
    all.putAll(more);
    return all;
  }

  /** Returns matchers that find an alert of this service. */
  String matchers(Alert alert) {
    return PromQl.equal("alertname", alert.label()) + "," + PromQl.equal("service", service);
  }

  /** Returns matchers that find an alert on one promise. */
  String matchers(Alert alert, String objective, String routeClass) {
    return matchers(alert) + "," + PromQl.equal("objective", objective) + ","
        + PromQl.equal("route_class", routeClass);
  }

  /** Lets it be scraped, and say who it is. */
  void known(Timeline timeline, int steps) {
    timeline.series(Metrics.BUILD_INFO.name(), labels(Map.of()), new Samples().constant(steps, 1));
    timeline.series("up", labels(Map.of()), new Samples().constant(steps, 1));
  }

  /** Exports a promise, which a fleet's rules read, and a service's own do not. */
  void target(Timeline timeline, String objective, String routeClass, int steps) {
    BurnTier tier = Stream.concat(
            settings.burnTiers().stream(), settings.availabilityTiers().stream())
        .filter(t -> t.objective().equals(objective) && t.routeClass().equals(routeClass))
        .filter(t -> t.recentlyAbove().isPresent())
        .findFirst()
        .orElseThrow();
    BigDecimal promised = BigDecimal.ONE.subtract(tier.recentlyAbove().orElseThrow());
    timeline.series(
        Metrics.TARGET.name(),
        labels(Map.of("objective", objective, "route_class", routeClass)),
        new Samples().constant(steps, promised.doubleValue()));
  }
}
