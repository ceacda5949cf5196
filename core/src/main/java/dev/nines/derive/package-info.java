/**
 * Pure functions from targets to settings; each result carries its formula, its inputs and its source.
 *
 * <pre>{@code
 * Settings settings = Settings.derive(ReliabilityTargets.threeNines());
 * Duration interval = settings.checks().interval();   // 5 s, from a detection of 30 s
 * String why = settings.explanation().toText();
 * }</pre>
 *
 * <p>A breaker opens on evidence and not on a blip: {@link dev.nines.derive.Evidence} says how many bad calls among how
 * many are no chance. Health checks and probes together keep the promised detection time in their worst case. Histogram
 * bounds lie exactly on the latency targets. Tiers of burn-rate alerts that cannot fire are marked, and named with the
 * reason in the {@link dev.nines.derive.Explanation}.
 */
@NullMarked
package dev.nines.derive;

import org.jspecify.annotations.NullMarked;
