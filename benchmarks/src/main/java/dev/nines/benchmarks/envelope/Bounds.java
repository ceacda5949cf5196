package dev.nines.benchmarks.envelope;

import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import java.time.Duration;

/** The histogram's bounds that follow from the built-in targets, for every stack the same. */
final class Bounds {

  private Bounds() {}

  static Duration[] durations() {
    return Settings.derive(ReliabilityTargets.threeNines())
        .latencyBounds()
        .toArray(Duration[]::new);
  }
}
