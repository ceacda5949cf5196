package dev.nines.logging;

import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.time.Duration;

/** Whole services for tests, that stop without waiting for load balancers. */
final class Services {

  private Services() {}

  static NinesBuilder named(String name) {
    return Nines.builder(name)
        .targets(ReliabilityTargets.builder()
            .lifecycle(new LifecycleTimings(
                Duration.ofMinutes(2),
                Duration.ZERO,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30)))
            .build());
  }
}
