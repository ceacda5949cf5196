package dev.nines.ops.budget;

import dev.nines.derive.BurnTier;
import dev.nines.targets.Durations;
import dev.nines.targets.LatencyTarget;
import dev.nines.targets.Ratios;
import dev.nines.targets.ReliabilityTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One promise about requests, and the share of them that may break it. */
record Promised(String objective, String routeClass, double allowed) {

  static final String DEFAULT_CLASS = "default";

  static List<Promised> all(ReliabilityTargets targets) {
    List<Promised> all = new ArrayList<>();
    Stream.concat(Stream.of(DEFAULT_CLASS), targets.routes().keySet().stream())
        .forEach(routeClass -> {
          all.add(
              new Promised("errors", routeClass, targets.errorRate(routeClass).doubleValue()));
          for (LatencyTarget target : targets.latency(routeClass).targets()) {
            all.add(
                new Promised(target.objective(), routeClass, target.slowBudget().doubleValue()));
          }
        });
    return all;
  }

  String key() {
    return key(objective, routeClass);
  }

  static String key(String objective, String routeClass) {
    return objective + " of " + routeClass;
  }

  static String inWords(BurnTier tier) {
    return "over " + Ratios.format(tier.threshold()) + " of the requests of the last "
        + Durations.format(tier.longWindow())
        + (tier.longWindow().equals(tier.shortWindow())
            ? ""
            : " and of the last " + Durations.format(tier.shortWindow()))
        + " are bad";
  }
}
