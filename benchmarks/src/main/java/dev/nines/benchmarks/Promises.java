package dev.nines.benchmarks;

import dev.nines.targets.LifecycleTimings;
import dev.nines.targets.ReliabilityTargets;
import java.time.Duration;

/** The built-in targets of what is measured. */
public final class Promises {

  private Promises() {}

  /** Returns them with an end that waits for no load balancer, since none sends requests here. */
  public static ReliabilityTargets closingAtOnce() {
    return ReliabilityTargets.builder()
        .lifecycle(new LifecycleTimings(
            Duration.ofMinutes(2), Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(30)))
        .build();
  }
}
