package dev.nines.derive;

import dev.nines.targets.ReliabilityTargets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All that follows from a declaration. Computed once at start; immutable.
 *
 * @param targets the declaration
 * @param latencyBounds histogram bounds of every server series, rising
 * @param checks when health checks run
 * @param probes the platform's probes
 * @param burnTiers the tiers of the burn-rate alerts, those that cannot fire included
 * @param dependencies what guards calls, by name of the dependency
 * @param explanation each number with its formula
 */
public record Settings(
    ReliabilityTargets targets,
    List<Duration> latencyBounds,
    CheckTimings checks,
    ProbeTimings probes,
    List<BurnTier> burnTiers,
    Map<String, DependencySettings> dependencies,
    Explanation explanation) {}
